import type { ExpectedOutcome } from "./vector.ts";

/** What a model may do for a call: a state, and what is seen of the way there. */
export type Step<State, Call> = (
  state: State,
  call: Call,
) => readonly (ExpectedOutcome & { readonly state: State })[];

/** The first call whose outcome no state is consistent with, and what these states allow. */
export interface Inconsistency {
  readonly index: number;
  readonly allowed: readonly ExpectedOutcome[];
}

/**
 * Follows what was observed with the set of states that the kernel may be in, as SibylFS does: each
 * outcome leaves those states that could give it. A choice that was seen once is thereby kept; a
 * list of outcomes for each call would allow every mixture of them.
 */
export function firstInconsistency<State, Call>(
  initial: State,
  calls: readonly Call[],
  observed: readonly ExpectedOutcome[],
  step: Step<State, Call>,
): Inconsistency | undefined {
  let states: readonly State[] = [initial];
  for (const [index, call] of calls.entries()) {
    const seen = observed[index];
    if (seen === undefined) return undefined;
    const outcomes = states.flatMap((state) => step(state, call));
    const consistent = outcomes.filter((outcome) => isSameOutcome(outcome, seen));
    if (consistent.length === 0) {
      return { index, allowed: outcomes.map(({ ret, out }) => ({ ret, out })) };
    }
    states = [...new Set(consistent.map(({ state }) => state))];
  }
  return undefined;
}

/** Whether an outcome is one that was predicted, byte for byte. */
export function isSameOutcome(predicted: ExpectedOutcome, observed: ExpectedOutcome): boolean {
  return (
    predicted.ret === observed.ret &&
    predicted.out.length === observed.out.length &&
    predicted.out.every((byte, offset) => byte === observed.out[offset])
  );
}
