import { type ErrnoName, formatRet } from "../../../abi/errno.ts";
import type { IoctlDef } from "../../../abi/ioctl.ts";
import { IOCTLS } from "../../../abi/ioctls/registry.ts";
import { isSince } from "../../../abi/stage.ts";
import { type Call, FILE_OP, IOCTL_READ_ONLY, OPEN_MODE } from "../../../machine/calls.ts";
import type { Machine } from "../../../machine/params.ts";
import { readU32 } from "../../../machine/user-buffer.ts";
import { type AnswerCase, answerCall } from "../../answer-case.ts";
import { predict } from "../../predict.ts";
import { sizeText } from "./hint-entry.ts";

/** One line of a table of the selftest: the row that answers, its errno, other members. */
export interface TableLine {
  readonly row: string;
  readonly err: ErrnoName | "0";
  /** As C writes them. */
  readonly members: readonly string[];
}

const NOBODY = 65534;

/** What the file system answers for the device, in each access mode. */
export function fileLines(machine: Machine): readonly TableLine[] {
  // The other operations are those of the runner alone: no row of the table answers them.
  const ops = Object.entries(FILE_OP).filter(([name]) => !/dup|Cloexec/.test(name));
  return Object.entries(OPEN_MODE).flatMap(([mode, flags]) => {
    const open = (uid: number): Call => ({ op: "open", slot: 0, flags, uid });
    const members = (call: string): readonly string[] => [`"${call}"`, `O_${mode.toUpperCase()}`];
    return [
      line(machine, [open(NOBODY)], [...members("open"), ".nobody = true"]),
      ...ops.map(([name, which]) =>
        line(machine, [open(0), { op: "fileop", slot: 0, which, target: 0 }], members(name)),
      ),
    ];
  });
}

/** CAPS and STATS: each row of theirs once, and each size that is answered in another way. */
export function answerLines(machine: Machine): readonly TableLine[] {
  return IOCTLS.filter(({ name, since }) => {
    return name !== "HBF_IOC_HINT" && isSince(machine.stage, since);
  }).flatMap((def) => answerCases(def).map((given) => answerLine(machine, def, given)));
}

function answerCases({ frozenSize }: IoctlDef): readonly AnswerCase[] {
  return [
    { size: frozenSize },
    { size: 8 },
    { size: frozenSize - 1 },
    { size: frozenSize + 1 },
    { size: 4096 },
    { size: frozenSize, accessible: 3 },
    { size: 4097 },
    { size: 2 ** 32 - 1 },
    { size: 7 },
    { size: 0 },
    { size: frozenSize + 8, accessible: frozenSize },
    { size: frozenSize + 8, byte: frozenSize },
    { size: 4096, byte: 4095 },
    { size: frozenSize, accessible: frozenSize - 1 },
    { size: frozenSize, flags: IOCTL_READ_ONLY },
  ];
}

function answerLine(machine: Machine, def: IoctlDef, given: AnswerCase): TableLine {
  const calls: readonly Call[] = [
    { op: "open", slot: 0, flags: OPEN_MODE.rdonly, uid: 0 },
    answerCall(def, 0, given),
  ];
  const { expected } = predict(machine, calls);
  const out = expected.at(-1)?.[0]?.out ?? new Uint8Array(0);
  const { accessible, byte, flags = 0 } = given;
  const offset = byte !== undefined && byte > def.frozenSize ? "LAST_BYTE" : `${byte}`;
  const { row, err } = line(machine, calls, []);
  return {
    row: row === "success" ? `${def.name.slice(8).toLowerCase()}-answer` : row,
    err,
    members: [
      def.name,
      sizeText(given.size),
      ...(accessible === undefined ? [] : [`.readable = ${accessible}`]),
      ...(byte === undefined ? [] : [`.set = ${offset}`]),
      ...((flags & IOCTL_READ_ONLY) === 0 ? [] : [".read_only = true"]),
      ...(err === "0" ? [`.size_out = ${readU32(out, 0)}`] : []),
    ],
  };
}

function line(machine: Machine, calls: readonly Call[], members: readonly string[]): TableLine {
  const { expected, answer } = predict(machine, calls);
  const ret = expected.at(-1)?.[0]?.ret ?? 0;
  const err = ret < 0 ? (formatRet(ret).slice(1) as ErrnoName) : "0";
  return { row: answer ?? "success", err, members };
}
