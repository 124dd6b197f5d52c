import { defineVerifyRow } from "./verify-row.ts";

/** All debug options are on while the series is tried. */
export const x02DebugConfig = defineVerifyRow({
  id: "x02-debug-config",
  title: "the vectors run on a kernel with every debug option, and nothing complains",
  why: "locks, lists and pages are only checked in a kernel that checks them",
  source: "Documentation/process/submit-checklist.rst",
  build: "debug",
  fix: "mend what the console names first",
  bad: "BUG: sleeping function called from invalid context",
  good: "a quiet console with PROVE_LOCKING, DEBUG_VM and KASAN",
  problemsIn: ({ kind, detail }) => (kind === "pass" ? [] : [`${kind}: ${detail}`]),
});
