import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { isSince } from "../../abi/stage.ts";
import { ADVICE, type Call, FILE_OP } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const FORK: Call = { op: "fork" };
const EXIT: Call = { op: "exit" };
const MAPS: Call = { op: "maps" };
const PART = { page: 9, npages: 2 };
const MAPPED: Call = { op: "mmap", page: 8, npages: 4, kind: 0, prot: 3 };

const exec = (bits: number): Call => ({ op: "exec", bits });
const use = (slot: number, which: number, target = 0): Call => {
  return { op: "fileop", slot, which, target };
};
const close = (slot: number): Call => ({ op: "close", slot });

/** Marks of a mapping that fork may take away, or that take the mapping away. */
const MARKS: readonly (readonly [string, readonly Call[]])[] = [
  ["plain", []],
  ["locked", [{ op: "mlock", ...PART }]],
  ["populated", [{ op: "mlock-now", ...PART }]],
  ["uffd", [{ op: "uffd", ...PART }]],
  ["uffd-wp", [{ op: "uffd-mode", ...PART, mode: 2 }]],
  ["unreadable", [{ op: "mprotect", ...PART, prot: 0 }]],
  ["pkey", [{ op: "pkey", ...PART, prot: 3, rights: 1 }]],
  ...Object.entries(ADVICE).map(([name, advice]): [string, Call[]] => [
    `advised-${name.toLowerCase()}`,
    [{ op: "madvise", ...PART, advice }],
  ]),
];

/** What a child has of its parent's mappings and files, what exec leaves, what is shared. */
export const PROCESS: VectorClass = {
  name: "process",
  title: "fork, exec and exit: mappings, descriptors, counters",
  generate: ({ machine }) => [
    ...MARKS.filter(([, marks]) => isModelled(machine, [MAPPED, ...marks])).flatMap(
      ([name, marks]) =>
        HINT_OP_NAMES.map((op) => inherits(`${name}-${op}`, marks, hintAt(0, op, 8, 4))),
    ),
    ...[32, 64].flatMap((bits) => execs(machine, bits)),
    ...shared(machine),
    draft("exit-frees-slot", [FORK, openDevice(3), EXIT, openDevice(3), hintAt(3, "demote", 8, 1)]),
    draft("child-closes", [openDevice(0), FORK, close(0), EXIT, hintAt(0, "demote", 8, 1)]),
    draft("parent-unmaps-nothing", [
      openDevice(0),
      MAPPED,
      FORK,
      { op: "munmap", ...PART },
      hintAt(0, "demote", 8, 4),
      MAPS,
      EXIT,
      hintAt(0, "demote", 8, 4),
      MAPS,
    ]),
    draft("grandchild", [
      openDevice(0),
      MAPPED,
      FORK,
      { op: "mlock", ...PART },
      FORK,
      hintAt(0, "demote", 8, 4),
      EXIT,
      hintAt(0, "demote", 8, 4),
      EXIT,
      hintAt(0, "demote", 8, 4),
    ]),
    draft("child-restricts-cpuset", [
      openDevice(0),
      FORK,
      { op: "cpuset", mask: 1 },
      EXIT,
      hintAt(0, "demote", 8, 1),
    ]),
    draft("vector-ends-in-child", [openDevice(0), MAPPED, FORK, hintAt(0, "demote", 8, 4)]),
  ],
};

function draft(name: string, calls: readonly Call[]): VectorDraft {
  return { id: `process-${name}`, title: `processes: ${name.replaceAll("-", " ")}`, calls };
}

function inherits(name: string, marks: readonly Call[], hint: Call): VectorDraft {
  const calls = [openDevice(0), MAPPED, ...marks, FORK, MAPS, hint, EXIT, MAPS, hint];
  return draft(`inherits-${name}`, calls);
}

/** Slot 0 is closed on exec, 1 is a duplicate, 2 was made to stay, 3 to be closed. */
function execs(machine: Machine, bits: number): readonly VectorDraft[] {
  const files: readonly Call[] = [
    openDevice(0),
    use(0, FILE_OP.dup, 1),
    openDevice(2),
    use(2, FILE_OP.clearCloexec),
    use(0, FILE_OP.dup, 3),
    use(3, FILE_OP.setCloexec),
  ];
  const asks = (slot: number): readonly Call[] => [
    hintAt(slot, "promote", 8, 4),
    answerCall(HBF_IOC_CAPS, slot, { size: 40, poison: 0xaa }),
    ...statsOf(machine, slot),
  ];
  const name = `exec-${bits}`;
  return [
    ...[0, 1, 2, 3].map((slot) =>
      draft(`${name}-slot-${slot}`, [
        ...files,
        hintAt(slot, "promote", 8, 4),
        FORK,
        exec(bits),
        ...asks(slot),
        EXIT,
        ...asks(slot),
      ]),
    ),
    draft(`${name}-maps`, [MAPPED, FORK, MAPS, exec(bits), MAPS, MAPPED, MAPS, EXIT, MAPS]),
    draft(`${name}-mapped`, [
      ...files,
      MAPPED,
      FORK,
      exec(bits),
      MAPPED,
      hintAt(1, "demote", 8, 4),
    ]),
    draft(`${name}-twice`, [
      ...files,
      FORK,
      exec(bits),
      use(1, FILE_OP.dup, 0),
      exec(96 - bits),
      ...asks(0),
      ...asks(1),
      EXIT,
      ...asks(0),
    ]),
    draft(`${name}-cpuset`, [
      ...files,
      FORK,
      exec(bits),
      { op: "cpuset", mask: 1 },
      hintAt(1, "demote", 8, 1),
    ]),
  ];
}

/** Hints of parent and child on one file, on duplicates and on files of their own. */
function shared(machine: Machine): readonly VectorDraft[] {
  const hint = (slot: number): Call => hintAt(slot, "release", 8, 1);
  const stats = (slot: number): readonly Call[] => statsOf(machine, slot);
  return [
    draft("counts-on-inherited", [openDevice(0), hint(0), FORK, hint(0), ...stats(0), EXIT]),
    draft("counts-after-child", [openDevice(0), FORK, hint(0), hint(0), EXIT, ...stats(0)]),
    draft("counts-on-own", [
      openDevice(0),
      FORK,
      openDevice(1),
      hint(1),
      ...stats(0),
      ...stats(1),
      EXIT,
      openDevice(1),
      ...stats(1),
    ]),
    draft("counts-on-dup-in-child", [
      openDevice(0),
      FORK,
      use(0, FILE_OP.dup, 1),
      close(0),
      hint(1),
      EXIT,
      ...stats(0),
    ]),
  ];
}

function statsOf({ stage }: Machine, slot: number): readonly Call[] {
  return isSince(stage, "v2") ? [answerCall(HBF_IOC_STATS, slot, { size: 264, poison: 0xaa })] : [];
}
