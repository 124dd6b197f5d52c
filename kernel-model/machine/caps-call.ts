import { ERRNO } from "../abi/errno.ts";
import { HINT_OPS_MASK } from "../abi/hint-ops.ts";
import { knownSize } from "../abi/struct.ts";
import { HBF_CAPS } from "../abi/structs/hbf_caps.ts";
import { HBF_HINT } from "../abi/structs/hbf_hint.ts";
import { encodeStruct } from "../codec/encode.ts";
import type { IoctlCall } from "./calls.ts";
import { readCapsRequest } from "./caps-request.ts";
import { rowsOfStage } from "./check-order.ts";
import type { Outcome } from "./outcome.ts";
import type { Machine } from "./params.ts";
import type { State } from "./state.ts";

/** What CAPS answers: the whole struct, of which userspace gets a prefix. */
export function capsAnswer(machine: Machine): Uint8Array {
  return encodeStruct(HBF_CAPS, {
    size: HBF_CAPS.size,
    abi: 1,
    ops: HINT_OPS_MASK,
    hint_size: knownSize(HBF_HINT, machine.stage),
  });
}

/**
 * CAPS, for any open file.
 *
 * When copying the answer faults, how many bytes got there before is the architecture's business
 * (arch/x86/include/asm/uaccess_64.h:copy_user_generic @ 6.12.117), so every prefix is allowed.
 */
export function stepCaps(state: State, call: IoctlCall): readonly Outcome[] {
  const request = readCapsRequest(state, call);
  const { bytes, readable, writable } = request.buffer;
  const before = bytes.length <= readable ? bytes : bytes.subarray(0, readable);
  const row = rowsOfStage(state.machine.stage).caps.find(({ matches }) => matches(request));
  const answer = capsAnswer(state.machine).subarray(0, request.size);
  if (row === undefined) return [{ ret: 0, out: overlay(before, answer, answer.length), state }];
  const ret = -ERRNO[row.errno];
  if (row.id !== "caps-output-faults") return [{ ret, out: before, state }];
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
