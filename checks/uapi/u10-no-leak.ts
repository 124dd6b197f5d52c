import { defineVerifyRow, linesOf } from "../boot/verify-row.ts";

/**
 * What a call writes to user space is what the model says, byte for byte, padding included. The
 * kernels that are asked fill variables of the stack with a pattern, so that what nobody cleared
 * shows.
 */
export const u10NoLeak = defineVerifyRow({
  id: "u10-no-leak",
  title: "no byte reaches user space that the interface does not define",
  why: "padding that nobody cleared carries what the stack had before",
  source: "Documentation/process/botching-up-ioctls.rst",
  fix: "clear the whole struct before filling it, and copy back only what is defined",
  bad: "struct hbf_caps caps; caps.abi = 1; copy_to_user(...)",
  good: "struct hbf_caps caps = { .abi = 1 };",
  problemsIn: ({ failures }) =>
    linesOf(
      failures.filter(
        ({ predicted, observed }) => !/\bE[A-Z]{3,}\b/.test(`${predicted} ${observed}`),
      ),
    ),
});
