import type { Call } from "../../machine/calls.ts";
import type { GeneratorContext, VectorClass } from "../class.ts";
import { hintOf, openDevice } from "../hint-at.ts";
import { arenaAddress, validSpec } from "../hint-spec.ts";
import { isModelled } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";
import { CAPS } from "./caps.ts";
import { COMMAND } from "./command.ts";
import { POINTER } from "./pointer.ts";
import { SINGLE } from "./single.ts";

/** Becomes a program of 32 bits. */
const NARROW: readonly Call[] = [{ op: "fork" }, { op: "exec", bits: 32 }];
/** Every so many vectors of a class whose vectors differ little from each other. */
const STRIDE = 16;

/** What a 64-bit program is told, a 32-bit one is told, too: the same structs and numbers. */
export const COMPAT: VectorClass = {
  name: "compat",
  title: "callers of 32 bits: every row, CAPS, commands, pointers and the end of their addresses",
  generate: (context) => drafts(context).filter(({ calls }) => isModelled(context.machine, calls)),
};

function drafts(context: GeneratorContext): readonly VectorDraft[] {
  return [
    ...SINGLE.generate(context).map(narrowed),
    ...[CAPS, COMMAND, POINTER].flatMap((other) =>
      other
        .generate(context)
        .filter((_, index) => index % STRIDE === 0)
        .map(narrowed),
    ),
    ...STARTS.map(([name, start]) => ({
      id: `compat-start-${name}`,
      title: `32 bits: a range at ${name.replaceAll("-", " ")}`,
      calls: [...NARROW, openDevice(0), hintOf(0, { ...validSpec("demote"), start, len: 4096n })],
    })),
    ...POINTERS.map((pointer) => ({
      id: `compat-pointer-${pointer.toString(16)}`,
      title: `32 bits: the argument is at 0x${pointer.toString(16)}`,
      calls: [
        ...NARROW,
        openDevice(0),
        { ...hintOf(0, { ...validSpec("demote"), flagsOfCall: 2, pointer }), flags: 2, pointer },
      ],
    })),
  ];
}

function narrowed({ id, title, calls }: VectorDraft): VectorDraft {
  return { id: `compat-${id}`, title: `32 bits: ${title}`, calls: [...NARROW, ...calls] };
}

const STARTS: readonly (readonly [string, bigint])[] = [
  ["the-last-page", 0xffff_d000n],
  ["task-size", 0xffff_e000n],
  ["4-gib", 1n << 32n],
  ["the-arena-and-4-gib", arenaAddress(8) + (1n << 32n)],
  ["the-end-of-64-bits", (1n << 47n) - 8192n],
  ["the-kernel-half", 1n << 63n],
];

const POINTERS = [0n, 1n, 0xfffn, 0x1000n, (1n << 32n) + 1n, (1n << 63n) + 0x40000000n];
