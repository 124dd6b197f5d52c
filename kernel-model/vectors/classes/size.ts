import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { ALL_ACCESSIBLE } from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const EDGES = [
  ...[200, 255, 256, 257, 511, 512, 513, 1024, 2048, 8191, 8192, 65535, 65536],
  ...[2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 64, 2 ** 32 - 64, 2 ** 32 - 2, 2 ** 32 - 1],
];
const SIZES = [...range(0, 140), ...range(4088, 4104), ...EDGES];
const LIMITED_SIZES = [4, 8, 63, 64, 65, 71, 72, 73, 128, 136, 4095, 4096, 4097, 2 ** 32 - 1];
const LIMITS = [...range(0, 140), 4094, 4095, 4096];

/** Every size near a boundary, and every place where reading the argument can fault. */
export const SIZE: VectorClass = {
  name: "size",
  title: "sizes below, at and above what the kernel knows; faults at every offset",
  generate: () => [
    ...SIZES.map((size) => sizeDraft(size, ALL_ACCESSIBLE)),
    ...LIMITED_SIZES.flatMap((size) => LIMITS.map((limit) => sizeDraft(size, limit))),
  ],
};

function sizeDraft(size: number, accessible: number): VectorDraft {
  const op = HINT_OP_NAMES[size % 4] ?? "release";
  const limited = accessible !== ALL_ACCESSIBLE;
  return {
    id: `size-${size}${limited ? `-readable-${accessible}` : ""}`,
    title: `size ${size}${limited ? `, ${accessible} bytes readable` : ", zero tail"}`,
    calls: specCalls({ ...validSpec(op), size, accessible }),
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
