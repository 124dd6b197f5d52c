import { defineUnchecked } from "../unchecked.ts";

/** The lock checker has lived to the end. */
export const x03LockdepAlive = defineUnchecked({
  id: "x03-lockdep-alive",
  title: "lockdep is still on when the tests are over",
  why: "lockdep says one thing and then switches itself off",
  source: "Documentation/process/submit-checklist.rst",
  missing: "the kernel that boots has no lockdep",
  howToGet: "see x02-debug-config; then debug_locks in /proc/lockdep_stats",
  fix: "mend what lockdep said first",
  bad: "debug_locks: 0",
  good: "debug_locks: 1",
});
