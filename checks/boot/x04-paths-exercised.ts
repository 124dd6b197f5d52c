import { defineUnchecked } from "../unchecked.ts";

/** The lines that no test reaches are known. */
export const x04PathsExercised = defineUnchecked({
  id: "x04-paths-exercised",
  title: "every added line has been run",
  why: "an error path that nobody has run does not work",
  source: "Documentation/process/submit-checklist.rst",
  missing: "the gate does not judge coverage, rfckit verify --build gcov shows it",
  howToGet: "rfckit verify --build gcov",
  fix: "add a vector or a KUnit test for the line",
  bad: "return -ENOMEM; (never reached)",
  good: "a test for each error path",
});
