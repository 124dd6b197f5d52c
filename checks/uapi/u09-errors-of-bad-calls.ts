import { defineVerifyRow, linesOf } from "../boot/verify-row.ts";

/** Each wrong call gets the error that the interface promises, from 64-bit and 32-bit programs. */
export const u09ErrorsOfBadCalls = defineVerifyRow({
  id: "u09-errors-of-bad-calls",
  title: "wrong commands, flags, sizes and pointers get the errors that are promised",
  why: "programs probe for a feature by its error, and an ignored flag can never get a meaning",
  source: "Documentation/driver-api/ioctl.rst",
  fix: "check flags, reserved members and sizes before anything is done",
  bad: "ioctl(fd, HBF_IOC_HINT, &hint) = 0 with an unknown flag",
  good: "EINVAL for unknown flags, ENOTTY for unknown commands, EFAULT for bad pointers",
  problemsIn: ({ failures }) =>
    linesOf(
      failures.filter(({ predicted, observed }) =>
        /\bE[A-Z]{3,}\b/.test(`${predicted} ${observed}`),
      ),
    ),
});
