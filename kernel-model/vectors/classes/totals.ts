import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { type Call, FILE_OP } from "../../machine/calls.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import type { VectorDraft } from "../vector.ts";
import { OP } from "./op.ts";
import { SINGLE } from "./single.ts";

const TOTALS: Call = { op: "totals" };
const FORK: Call = { op: "fork" };
const EXIT: Call = { op: "exit" };
const hint = (slot: number): Call => hintAt(slot, "demote", 8, 1);
const close = (slot: number): Call => ({ op: "close", slot });
const dup = (slot: number, target: number): Call => {
  return { op: "fileop", slot, which: FILE_OP.dup, target };
};
const stats = (slot: number): Call => answerCall(HBF_IOC_STATS, slot, { size: 264, poison: 0xaa });

/** The sums in debugfs: what all files counted, open or closed, each hint once. */
export const SUMS: VectorClass = {
  name: "totals",
  title: "the sums in debugfs after every kind of HINT, and after dup, fork, exec, exit and close",
  since: "v2",
  generate: (context) => [
    ...[SINGLE, OP].flatMap(({ generate }) => generate(context)).map(asked),
    ...STORIES.map(([name, calls]) => asked({ id: name, title: name.replaceAll("-", " "), calls })),
  ],
};

const STORIES: readonly (readonly [string, readonly Call[]])[] = [
  ["nothing", []],
  ["open-and-close", [openDevice(0), close(0)]],
  ["closed", [openDevice(0), hint(0), close(0)]],
  ["closed-then-asked-twice", [openDevice(0), hint(0), close(0), TOTALS]],
  ["two-files", [openDevice(0), openDevice(1), hint(0), hint(1), hint(1), stats(0), stats(1)]],
  ["one-of-two-closed", [openDevice(0), openDevice(1), hint(0), hint(1), close(0), hint(1)]],
  ["dup", [openDevice(0), dup(0, 1), hint(0), hint(1), stats(0)]],
  ["dup-closed", [openDevice(0), dup(0, 1), hint(0), close(0), TOTALS, hint(1), close(1)]],
  ["reopened", [openDevice(0), hint(0), close(0), openDevice(0), stats(0), hint(0), stats(0)]],
  ["fork", [openDevice(0), hint(0), FORK, hint(0), TOTALS, EXIT, hint(0), stats(0)]],
  ["child-closes", [openDevice(0), FORK, hint(0), close(0), EXIT, TOTALS, stats(0)]],
  ["child-ends-with-own-file", [FORK, openDevice(0), hint(0), hint(0), EXIT]],
  ["child-asks", [openDevice(0), FORK, hint(0), TOTALS, TOTALS, EXIT, TOTALS]],
  [
    "parent-and-child-files",
    [openDevice(0), FORK, openDevice(1), hint(0), hint(1), EXIT, stats(0)],
  ],
  ...[32, 64].flatMap((bits): [string, readonly Call[]][] => [
    [`exec-${bits}-closes`, [openDevice(0), hint(0), FORK, { op: "exec", bits }, TOTALS, EXIT]],
    [
      `exec-${bits}-keeps`,
      [
        openDevice(0),
        dup(0, 1),
        hint(0),
        FORK,
        { op: "exec", bits },
        hint(1),
        stats(1),
        EXIT,
        close(0),
      ],
    ],
    [
      `exec-${bits}-ends-last-file`,
      [FORK, openDevice(0), hint(0), { op: "exec", bits }, TOTALS, EXIT, TOTALS],
    ],
  ]),
];

/** The first question is where the sums begin. */
function asked({ id, title, calls }: VectorDraft): VectorDraft {
  return { id: `totals-${id}`, title: `sums: ${title}`, calls: [TOTALS, ...calls, TOTALS] };
}
