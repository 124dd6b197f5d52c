import { ERRNO } from "../abi/errno.ts";
import { knownSize } from "../abi/struct.ts";
import type { AnswerCommand } from "./answer-commands.ts";
import { type AnswerRequest, readAnswerRequest } from "./answer-request.ts";
import type { IoctlCall } from "./calls.ts";
import { rowsOfStage } from "./check-order.ts";
import type { AnswerRow } from "./check-row.ts";
import type { Outcome } from "./outcome.ts";
import type { Machine } from "./params.ts";
import type { OpenFile, State } from "./state.ts";

/** The rows that a command asks, and its argument for them. */
export function answerQuestion(
  state: State,
  call: IoctlCall,
  { name, def }: AnswerCommand,
): { readonly rows: readonly AnswerRow[]; readonly request: AnswerRequest } {
  const { stage }: Machine = state.machine;
  const request = readAnswerRequest(state, call, knownSize(def.struct, stage));
  return { rows: rowsOfStage(stage)[name], request };
}

/**
 * CAPS or STATS, for any open file.
 *
 * When copying the answer faults, how many bytes got there before is the architecture's business
 * (arch/x86/include/asm/uaccess_64.h:copy_user_generic @ 6.12.117), so every prefix is allowed.
 */
export function stepAnswer(
  state: State,
  file: OpenFile,
  call: IoctlCall,
  command: AnswerCommand,
): readonly Outcome[] {
  const { rows, request } = answerQuestion(state, call, command);
  const { bytes, readable, writable } = request.buffer;
  const before = bytes.length <= readable ? bytes : bytes.subarray(0, readable);
  const row = rows.find(({ matches }) => matches(request));
  const size = Math.min(request.size, request.kernelSize);
  const answer = command.answer(state.machine, file, size).subarray(0, size);
  if (row === undefined) return [{ ret: 0, out: overlay(before, answer, answer.length), state }];
  const ret = -ERRNO[row.errno];
  if (!row.writes) return [{ ret, out: before, state }];
  return Array.from({ length: writable + 1 }, (_, written) => ({
    ret,
    out: overlay(before, answer, written),
    state,
  }));
}

function overlay(before: Uint8Array, answer: Uint8Array, written: number): Uint8Array {
  const out = before.slice();
  out.set(answer.subarray(0, Math.min(written, out.length)));
  return out;
}
