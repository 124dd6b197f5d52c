import { defineStaticRow } from "./static-build.ts";

/** Functions marked __must_check are checked. */
export const t11ResultsUsed = defineStaticRow({
  id: "t11-results-used",
  title: "no result that has to be looked at is ignored",
  why: "what copy_to_user() leaves undone is silent unless its result is read",
  source: "Documentation/process/submit-checklist.rst",
  fix: "look at the result",
  bad: "copy_to_user(ustats, &stats, size);",
  good: "if (copy_to_user(ustats, &stats, size)) return -EFAULT;",
  isOurs: ({ kind }) => kind === "-Wunused-result",
  needs: "gcc",
});
