import { generatedOnce, type VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";

const SMALL = Array.from({ length: 33 }, (_, op) => op);
const POWERS = Array.from({ length: 32 }, (_, bit) => 2 ** bit);
const ALIASES = [8, 16, 24, 31].flatMap((bit) => [1, 2, 3, 4].map((op) => 2 ** bit + op));
const EDGES = [255, 256, 65535, 2 ** 31 - 1, 2 ** 32 - 2, 2 ** 32 - 1];

/** Values of op: the four known ones, all near them, and those that equal one when truncated. */
export const OP: VectorClass = generatedOnce({
  name: "op",
  title: "every op near the known ones, powers of two, and aliases in the high bits",
  generate: () =>
    [...new Set([...SMALL, ...POWERS, ...ALIASES, ...EDGES])].map((op) => ({
      id: `op-${op}`,
      title: `op ${op}`,
      calls: specCalls({ ...validSpec("promote"), op }),
    })),
});
