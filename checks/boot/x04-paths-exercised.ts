import { defineUnchecked } from "../unchecked.ts";

/** The lines that no test reaches are known. */
export const x04PathsExercised = defineUnchecked({
  id: "x04-paths-exercised",
  title: "every added line has been run",
  why: "an error path that nobody has run does not work",
  source: "Documentation/process/submit-checklist.rst",
  missing: "the kernel that boots has no coverage",
  howToGet: "boot a kernel with GCOV_KERNEL or KCOV, by hand",
  fix: "add a vector or a KUnit test for the line",
  bad: "return -ENOMEM; (never reached)",
  good: "a test for each error path",
});
