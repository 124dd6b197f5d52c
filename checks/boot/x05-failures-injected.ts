import { defineVerifyRow } from "./verify-row.ts";

/** Each allocation has failed once. */
export const x05FailuresInjected = defineVerifyRow({
  id: "x05-failures-injected",
  title: "each fallible step of a call fails once, and nothing breaks or leaks",
  why: "memory runs out on other machines, in the middle of what is under review",
  source: "Documentation/process/submit-checklist.rst",
  build: "fault",
  fix: "free what was got before, and return the error",
  bad: "an allocation that is not checked",
  good: "ENOMEM, and an empty kmemleak",
  problemsIn: ({ kind, detail }) => (kind === "pass" ? [] : [`${kind}: ${detail}`]),
});
