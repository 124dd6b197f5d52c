import { HBF_CAPS_SIZE_MIN } from "../../abi/structs/hbf_caps.ts";
import type { CapsRow } from "../check-row.ts";
import { PAGE_SIZE } from "../params.ts";
import { outputFaults, sizeFaults, tailFaults, tailNotZero } from "../usercopy.ts";

/** The order of checks of CAPS, with the step numbers of the equal steps of HINT. */
export const CAPS_ROWS: readonly CapsRow[] = [
  {
    phase: "caps",
    step: 3,
    id: "caps-size-faults",
    condition: "reading size faults",
    errno: "EFAULT",
    source: "arch/x86/lib/getuser.S:__get_user_4",
    since: "v1",
    matches: sizeFaults,
  },
  {
    phase: "caps",
    step: 4,
    id: "caps-size-above-page",
    condition: "size is greater than PAGE_SIZE",
    errno: "E2BIG",
    source: "include/linux/uaccess.h:copy_struct_from_user",
    since: "v1",
    matches: ({ size }) => size > PAGE_SIZE,
  },
  {
    phase: "caps",
    step: 5,
    id: "caps-size-below-min",
    condition: "size is less than 8: it must hold size and abi",
    errno: "EINVAL",
    source: "include/linux/uaccess.h:copy_struct_from_user",
    since: "v1",
    matches: (request) => !sizeFaults(request) && request.size < HBF_CAPS_SIZE_MIN,
  },
  {
    phase: "caps",
    step: 6,
    id: "caps-tail-faults",
    condition: "the tail beyond 40 bytes faults, before any byte of it is not zero",
    errno: "EFAULT",
    source: "lib/usercopy.c:check_zeroed_user",
    since: "v1",
    matches: tailFaults,
  },
  {
    phase: "caps",
    step: 6,
    id: "caps-tail-not-zero",
    condition: "the tail beyond 40 bytes is not zero, before any byte of it faults",
    errno: "E2BIG",
    source: "lib/usercopy.c:check_zeroed_user",
    since: "v1",
    matches: tailNotZero,
  },
  {
    phase: "caps",
    step: 22,
    id: "caps-output-faults",
    condition: "copying the answer, min(size, 40) bytes, faults",
    errno: "EFAULT",
    source: "include/linux/uaccess.h:copy_to_user",
    since: "v1",
    matches: outputFaults,
  },
];
