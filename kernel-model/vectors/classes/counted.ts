import { HINT_OP_NAMES, type HintOpName } from "../../abi/hint-ops.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { type Call, FILE_OP, OPEN_MODE } from "../../machine/calls.ts";
import { SLOTS } from "../../machine/params.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";
import { BITS } from "./bits.ts";
import { OP } from "./op.ts";
import { PAIR } from "./pair.ts";
import { SINGLE } from "./single.ts";

/** Classes of one HINT each: what it counts is asked after every one of their vectors. */
const HINTS: readonly VectorClass[] = [SINGLE, PAIR, BITS, OP];

/** What hints count: after every kind of answer, over several files, duplicates and reopening. */
export const COUNTED: VectorClass = {
  name: "counted",
  title: "what STATS says after every kind of HINT, and which files share counters",
  since: "v2",
  generate: (context) => [
    ...HINTS.flatMap(({ generate }) => generate(context)).map(
      ({ id, title, calls }): VectorDraft => ({
        id: `counted-after-${id}`,
        title: `STATS after: ${title}`,
        calls: [...calls, stats(0)],
      }),
    ),
    ...FILES.map(([name, calls]) => draft(name, calls)),
    ...[1, 2, 3, 7, 100].map((times) => draft(`${times}-times`, [open(0), ...repeat(times)])),
    ...HINT_OP_NAMES.flatMap((first) =>
      HINT_OP_NAMES.map((second) =>
        draft(`${first}-and-${second}`, [open(0), hint(0, first), ...repeat(2, second)]),
      ),
    ),
  ],
};

const FILES: readonly (readonly [string, readonly Call[]])[] = [
  ["nothing", [open(0), stats(0)]],
  ["refused-stats", [open(0), answerCall(HBF_IOC_STATS, 0, { size: 7 }), stats(0)]],
  ["rdonly-hint-on-other-file", [open(0, OPEN_MODE.rdonly), open(1), hint(0), hint(1), stats(0)]],
  ["two-files-first", [open(0), open(1), hint(0), stats(1), stats(0)]],
  ["two-files-second", [open(0), open(1), hint(1), stats(0), stats(1)]],
  ["dup-shares", [open(0), dup(0, 1), hint(0), stats(1), hint(1), stats(0)]],
  ["dup-after-hint", [open(0), hint(0), dup(0, 1), stats(1)]],
  ["dup-outlives", [open(0), hint(0), dup(0, 1), close(0), hint(1), stats(1)]],
  ["dup-of-dup", [open(0), dup(0, 1), dup(1, 2), hint(2), close(1), hint(0), stats(2)]],
  ["reopen-resets", [open(0), hint(0), close(0), open(0), stats(0)]],
  ["reopen-beside-dup", [open(0), dup(0, 1), hint(0), close(0), open(0), stats(0), stats(1)]],
  ["closed", [open(0), hint(0), close(0), stats(0)]],
  [
    "every-slot",
    [
      ...Array.from({ length: SLOTS }, (_, slot) => open(slot)),
      ...Array.from({ length: SLOTS }, (_, slot) => hint(slot)),
      hint(SLOTS - 1),
      ...Array.from({ length: SLOTS }, (_, slot) => stats(slot)),
    ],
  ],
];

function draft(name: string, calls: readonly Call[]): VectorDraft {
  return { id: `counted-${name}`, title: `counters: ${name.replaceAll("-", " ")}`, calls };
}

function repeat(times: number, op: HintOpName = "promote"): readonly Call[] {
  return [...Array.from({ length: times }, () => hint(0, op)), stats(0)];
}

/** A HINT on nothing: it is refused by the scan, and counts. */
function hint(slot: number, op: HintOpName = "promote"): Call {
  const call = specCalls({ ...validSpec(op), cells: [] }).at(-1);
  if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
  return { ...call, slot };
}

function open(slot: number, flags: number = OPEN_MODE.rdwr): Call {
  return { op: "open", slot, flags, uid: 0 };
}

function close(slot: number): Call {
  return { op: "close", slot };
}

function dup(slot: number, target: number): Call {
  return { op: "fileop", slot, which: FILE_OP.dup, target };
}

function stats(slot: number): Call {
  return answerCall(HBF_IOC_STATS, slot, { size: HBF_IOC_STATS.struct.size, poison: 0xaa });
}
