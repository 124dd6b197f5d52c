import { defineTextRule } from "../text-rule.ts";

/** The series works on the tree that it would be merged into. */
export const x08WorksOnNext = defineTextRule({
  id: "x08-works-on-next",
  title: "the series was built and run on the subsystem's tree of today",
  why: "a series that works on an old base alone cannot be merged",
  source: "Documentation/process/submit-checklist.rst",
  fix: "rebase a copy on linux-next or mm-unstable, build, boot, and say so",
  bad: "a series for 6.12 that nobody tried on the next kernel",
  good: "a statement of who ran it where, and when",
  cost: "minutes",
  settle: () => {
    const statement = "the series was built and run on linux-next or mm-unstable of today";
    return { kind: "attest", statement };
  },
});
