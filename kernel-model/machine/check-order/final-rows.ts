import type { RequestRow } from "../check-row.ts";
import { resultFaults } from "../usercopy.ts";

/** Steps 20 to 22: what a valid HINT gets. */
export const FINAL_ROWS: readonly RequestRow[] = [
  {
    phase: "request",
    step: 20,
    id: "not-supported",
    condition: "every check has passed, and this stage has no backend",
    errno: "EOPNOTSUPP",
    source: "include/uapi/asm-generic/errno.h",
    since: "v1",
    until: "v2",
    matches: () => true,
  },
  {
    phase: "request",
    step: 21,
    id: "work-interrupted",
    condition: "a fatal signal while working",
    errno: "EINTR",
    source: "include/linux/sched/signal.h:fatal_signal_pending",
    since: "v3",
    unobservable: "only a fatal signal ends the work, so no caller is left to see the errno",
    matches: () => false,
  },
  {
    phase: "request",
    step: 22,
    id: "result-faults",
    condition: "writing the result faults, after pages have moved",
    errno: "EFAULT",
    source: "include/linux/uaccess.h:copy_to_user",
    since: "v3",
    matches: resultFaults,
  },
];
