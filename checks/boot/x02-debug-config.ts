import { defineUnchecked } from "../unchecked.ts";

/** All debug options are on while the series is tried. */
export const x02DebugConfig = defineUnchecked({
  id: "x02-debug-config",
  title: "the kernel works with every debug option of the checklist at once",
  why: "locks, lists and pages are only checked in a kernel that checks them",
  source: "Documentation/process/submit-checklist.rst",
  missing: "the kernel that boots is a lean one without the debug options",
  howToGet: "boot a kernel with kernel/configs/debug.config, by hand",
  fix: "run the vectors on a debug kernel",
  bad: "BUG: sleeping function called from invalid context",
  good: "a quiet console with PROVE_LOCKING, DEBUG_PAGEALLOC and KASAN",
});
