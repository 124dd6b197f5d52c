import { isSince } from "../abi/stage.ts";
import { addCounts, NO_COUNTS, type PageCounts } from "./pages/page-counts.ts";
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
  return countHint(state, file, op, { errors: 1, counts: NO_COUNTS });
}

/** What a hint adds to the counters of its operation. */
export interface Counted {
  readonly errors: 0 | 1;
  readonly counts: PageCounts;
}

/** The state after a HINT that was read, from the state that it left. */
export function countHint(state: State, file: OpenFile, op: number, counted: Counted): State {
  const counters = countOne(file.counters, op, counted);
  if (counters === undefined) return state;
  const after: OpenFile = { ...file, counters };
  return {
    ...state,
    slots: replaceFile(state, after),
    parents:
      state.parents.length === 0
        ? state.parents
        : state.parents.map((parent) => ({ ...parent, slots: replaceFile(parent, after) })),
    totals: countOne(state.totals, op, counted) ?? state.totals,
  };
}

function countOne(
  counters: readonly OpCounters[],
  op: number,
  { errors, counts }: Counted,
): readonly OpCounters[] | undefined {
  const before = counters[op - 1];
  if (before === undefined) return undefined;
  const { pages, absent, already, moved, skipped, failed } = addCounts(before, counts);
  const [calls, errorsNow] = [before.calls + 1, before.errors + errors];
  const after = { calls, errors: errorsNow, pages, absent, already, moved, skipped, failed };
  return replaceAt(counters, op - 1, after);
}

function replaceFile({ slots }: Process, counted: OpenFile): Process["slots"] {
  const replaced = slots.slice();
  for (let slot = 0; slot < replaced.length; slot += 1) {
    if (replaced[slot]?.id === counted.id) replaced[slot] = counted;
  }
  return replaced;
}
