import { defineUnchecked } from "../unchecked.ts";

/** Each allocation has failed once. */
export const x05FailuresInjected = defineUnchecked({
  id: "x05-failures-injected",
  title: "failing allocations are survived",
  why: "memory runs out on other machines, in the middle of what is under review",
  source: "Documentation/process/submit-checklist.rst",
  missing: "the kernel that boots has no fault injection",
  howToGet: "boot with FAILSLAB and FAIL_PAGE_ALLOC, and use failcmd.sh, by hand",
  fix: "free what was got before, and return the error",
  bad: "an allocation that is not checked",
  good: "tools/testing/fault-injection/failcmd.sh without an oops",
});
