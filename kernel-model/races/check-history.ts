import type { Outcome } from "../machine/outcome.ts";
import type { State } from "../machine/state.ts";
import { step } from "../machine/step.ts";
import type { RaceEvent } from "./race.ts";

/**
 * - `linearizable`: some order of the calls, in which none comes after one that began when it had
 *   returned, gives what was observed; `order` has the events' indices
 * - `not-linearizable`: no order does; `longest` explains as many calls as can be explained
 * - `undecided`: the bound was reached
 */
export type HistoryVerdict =
  | { readonly kind: "linearizable"; readonly order: readonly number[] }
  | { readonly kind: "not-linearizable"; readonly longest: readonly number[] }
  | { readonly kind: "undecided" };

/** A history has one bit for each call in what is remembered. */
const MOST_EVENTS = 30;

/**
 * Whether a history agrees with the model: Wing and Gong's search with what is known to fail
 * remembered by the calls done and the state reached.
 *
 * @param maxSteps how many calls may be tried before the search is given up
 * @throws RangeError for more than 30 events
 */
export function checkHistory(
  initial: State,
  events: readonly RaceEvent[],
  maxSteps: number,
): HistoryVerdict {
  if (events.length > MOST_EVENTS) throw new RangeError("a history of too many calls");
  const search = new Search(events, maxSteps);
  const found = search.from(initial, 0, []);
  if (found !== undefined) return { kind: "linearizable", order: found };
  if (search.isExhausted()) return { kind: "undecided" };
  return { kind: "not-linearizable", longest: search.longest() };
}

class Search {
  private readonly events: readonly RaceEvent[];
  private readonly seen = new Set<string>();
  private best: readonly number[] = [];
  private stepsLeft: number;

  constructor(events: readonly RaceEvent[], maxSteps: number) {
    this.events = events;
    this.stepsLeft = maxSteps;
  }

  isExhausted(): boolean {
    return this.stepsLeft < 0;
  }

  longest(): readonly number[] {
    return this.best;
  }

  from(state: State, done: number, order: readonly number[]): readonly number[] | undefined {
    if (order.length > this.best.length) this.best = order;
    if (order.length === this.events.length) return order;
    const key = `${done} ${stateKey(state)}`;
    if (this.seen.has(key)) return undefined;
    this.seen.add(key);
    const pending = this.events.flatMap((event, index) => (done & (1 << index) ? [] : [event]));
    const firstReturn = Math.min(...pending.map(({ returnedAt }) => returnedAt));
    for (const [index, event] of this.events.entries()) {
      if (done & (1 << index) || event.invokedAt > firstReturn) continue;
      this.stepsLeft -= 1;
      if (this.stepsLeft < 0) return undefined;
      for (const outcome of step(state, event.call)) {
        if (!isObserved(outcome, event)) continue;
        const found = this.from(outcome.state, done | (1 << index), [...order, index]);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }
}

function isObserved(outcome: Outcome, { ret, out }: RaceEvent): boolean {
  if (outcome.ret !== ret || outcome.out.length !== out.length) return false;
  return outcome.out.every((byte, offset) => byte === out[offset]);
}

function stateKey({ space, slots, memsAllowed }: State): string {
  return JSON.stringify([space, slots, memsAllowed]);
}
