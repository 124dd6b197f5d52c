import { HINT_OP_NAMES } from "../abi/hint-ops.ts";
import { isSince } from "../abi/stage.ts";
import type { OpCounters, OpenFile, State } from "./state.ts";

/** Counters of a file that was just opened. */
export const NOTHING_COUNTED: readonly OpCounters[] = HINT_OP_NAMES.map(() => ({
  calls: 0,
  errors: 0,
}));

/** Step of the copy: a hint that gets past it was read, and is counted. */
export const COPY_STEP = 6;

/**
 * The state after a HINT that `step` refused. A hint counts if it could be read and its op is
 * known, whatever else is wrong with it; every slot that shares the file sees that.
 *
 * mm/hbf.c:hbf_count
 */
export function countRefused(state: State, file: OpenFile, op: number, step: number): State {
  const index = op - 1;
  if (!isSince(state.machine.stage, "v2") || step <= COPY_STEP) return state;
  const before = file.counters[index];
  if (before === undefined) return state;
  const after = { calls: before.calls + 1, errors: before.errors + 1 };
  const counted: OpenFile = { ...file, counters: file.counters.with(index, after) };
  return { ...state, slots: state.slots.map((slot) => (slot?.id === file.id ? counted : slot)) };
}
