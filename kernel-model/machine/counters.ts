import { isSince } from "../abi/stage.ts";
import { replaceAt } from "./replace-at.ts";
import type { OpCounters, OpenFile, Process, State } from "./state.ts";

/** Step of the copy: a hint that gets past it was read, and is counted. */
export const COPY_STEP = 6;

/**
 * The state after a HINT that `step` refused. A hint counts if it could be read and its op is
 * known, whatever else is wrong with it; every slot of every process that shares the file sees it.
 *
 * mm/hbf.c:hbf_count
 */
export function countRefused(state: State, file: OpenFile, op: number, step: number): State {
  if (!isSince(state.machine.stage, "v2") || step <= COPY_STEP) return state;
  const counters = countOne(file.counters, op);
  if (counters === undefined) return state;
  const counted: OpenFile = { ...file, counters };
  return {
    ...state,
    slots: replaceFile(state, counted),
    parents:
      state.parents.length === 0
        ? state.parents
        : state.parents.map((parent) => ({ ...parent, slots: replaceFile(parent, counted) })),
    totals: countOne(state.totals, op) ?? state.totals,
  };
}

function countOne(counters: readonly OpCounters[], op: number): readonly OpCounters[] | undefined {
  const before = counters[op - 1];
  if (before === undefined) return undefined;
  return replaceAt(counters, op - 1, { calls: before.calls + 1, errors: before.errors + 1 });
}

function replaceFile({ slots }: Process, counted: OpenFile): Process["slots"] {
  const replaced = slots.slice();
  for (let slot = 0; slot < replaced.length; slot += 1) {
    if (replaced[slot]?.id === counted.id) replaced[slot] = counted;
  }
  return replaced;
}
