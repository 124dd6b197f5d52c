import { HINT_OPS_MASK } from "../abi/hint-ops.ts";
import { type IoctlDef, ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_CAPS } from "../abi/ioctls/caps.ts";
import { HBF_IOC_STATS } from "../abi/ioctls/stats.ts";
import { isSince, type Stage } from "../abi/stage.ts";
import { knownSize } from "../abi/struct.ts";
import { HBF_CAPS } from "../abi/structs/hbf_caps.ts";
import { HBF_HINT } from "../abi/structs/hbf_hint.ts";
import { HBF_STATS } from "../abi/structs/hbf_stats.ts";
import { encodeStruct } from "../codec/encode.ts";
import type { Machine } from "./params.ts";
import type { OpenFile } from "./state.ts";

/** A command that only answers: its argument is a size, and what comes back is a struct. */
export interface AnswerCommand {
  /** Of its rows in the check order. */
  readonly name: "caps" | "stats";
  readonly def: IoctlDef;
  /** The whole struct, of which userspace gets the prefix of `size` bytes that it says. */
  readonly answer: (machine: Machine, file: OpenFile, size: number) => Uint8Array;
}

const COMMANDS: ReadonlyMap<number, AnswerCommand> = new Map([
  [ioctlNumber(HBF_IOC_CAPS), { name: "caps", def: HBF_IOC_CAPS, answer: capsAnswer }],
  [ioctlNumber(HBF_IOC_STATS), { name: "stats", def: HBF_IOC_STATS, answer: statsAnswer }],
]);

/** The answering command with the number `cmd`, if a kernel of `stage` has it. */
export function findAnswerCommand(cmd: number, stage: Stage): AnswerCommand | undefined {
  const command = COMMANDS.get(cmd);
  return command !== undefined && isSince(stage, command.def.since) ? command : undefined;
}

function capsAnswer(machine: Machine, _file: OpenFile, size: number): Uint8Array {
  const { stage, platform } = machine;
  const caps = { size, abi: 1, ops: HINT_OPS_MASK, hint_size: knownSize(HBF_HINT, stage) };
  return encodeStruct(HBF_CAPS, caps, platform.byteOrder);
}

function statsAnswer({ platform }: Machine, { counters }: OpenFile, size: number): Uint8Array {
  const op = counters.map((one) => ({ ...one }));
  return encodeStruct(HBF_STATS, { size, op }, platform.byteOrder);
}
