import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import type { VectorClass } from "../class.ts";
import { arenaAddress, specCalls, validSpec } from "../hint-spec.ts";

const TASK_SIZE = (1n << 47n) - 4096n;
const TOP = 1n << 64n;

const STARTS: readonly (readonly [name: string, start: bigint])[] = [
  ["0", 0n],
  ["1", 1n],
  ["4095", 4095n],
  ["page-1", 4096n],
  ["4097", 4097n],
  ["guard", arenaAddress(-1)],
  ["before-mapping", arenaAddress(7)],
  ["mapping-minus-1", arenaAddress(8) - 1n],
  ["mapping", arenaAddress(8)],
  ["mapping-plus-1", arenaAddress(8) + 1n],
  ["second-page", arenaAddress(9)],
  ["last-page", arenaAddress(11)],
  ["after-mapping", arenaAddress(12)],
  ["below-task-size", TASK_SIZE - 4096n],
  ["task-size-minus-1", TASK_SIZE - 1n],
  ["task-size", TASK_SIZE],
  ["above-task-size", TASK_SIZE + 4096n],
  ["half-minus-page", (1n << 63n) - 4096n],
  ["half", 1n << 63n],
  ["last-page-of-all", TOP - 4096n],
  ["max", TOP - 1n],
];

const LENGTHS: readonly (readonly [name: string, len: (start: bigint) => bigint])[] = [
  ...[0n, 1n, 2048n, 4095n, 4096n, 4097n, 8192n, 12288n, 16384n, 20480n].map(fixed),
  ...[31n, 32n, 46n, 47n, 48n, 63n].map((bit) => fixed(1n << bit)),
  ["to-task-size", (start) => BigInt.asUintN(64, TASK_SIZE - start)],
  ["to-last-page", (start) => BigInt.asUintN(64, -start - 4096n)],
  ["to-top", (start) => BigInt.asUintN(64, -start)],
  ["past-top", (start) => BigInt.asUintN(64, -start + 4096n)],
  ["max-aligned", () => TOP - 4096n],
  ["max", () => TOP - 1n],
];

/** The product of starts and lengths at every edge: alignment, holes, TASK_SIZE, overflow. */
export const RANGE: VectorClass = {
  name: "range",
  title: "start and len at every boundary of the address space",
  generate: () =>
    HINT_OP_NAMES.flatMap((op) =>
      STARTS.flatMap(([startName, start]) =>
        LENGTHS.map(([lenName, len]) => ({
          id: `range-${startName}-len-${lenName}-${op}`,
          title: `${op}: start ${startName}, len ${lenName}`,
          calls: specCalls({ ...validSpec(op), start, len: len(start) }),
        })),
      ),
    ),
};

function fixed(len: bigint): readonly [string, () => bigint] {
  return [String(len), () => len];
}
