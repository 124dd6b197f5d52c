import type { Call } from "../../machine/calls.ts";
import type { State } from "../../machine/state.ts";
import { step } from "../../machine/step.ts";
import { stateKey } from "./state-key.ts";

/** A small world: where it begins, and which calls may be made in it. */
export interface Scope {
  readonly name: string;
  readonly initial: State;
  readonly alphabet: readonly Call[];
  /** Whether the call is one of the scope in that state; the bounds of the world. */
  readonly allows: (state: State, call: Call) => boolean;
}

/** All states of a scope and all calls between them. State 0 is the first. */
export interface StateGraph {
  readonly alphabet: readonly Call[];
  readonly states: number;
  readonly edges: number;
  /** The greatest number of calls that the shortest way to a state takes. */
  readonly diameter: number;
  /** By state, then by call: the state after it, or `NO_EDGE`. */
  readonly next: readonly Int32Array[];
}

export const NO_EDGE = -1;

/**
 * Breadth-first over call sequences until no new state appears; states are merged by their key.
 *
 * Throws RangeError when there are more than `limit` states, or a call of the scope leaves the
 * model a choice of states: then its edge would not be one.
 */
export function exploreScope({ initial, alphabet, allows }: Scope, limit = 1_000_000): StateGraph {
  const numberOf = new Map<string, number>([[stateKey(initial), 0]]);
  const states: State[] = [initial];
  const depth: number[] = [0];
  const next: Int32Array[] = [];
  let edges = 0;
  for (let from = 0; from < states.length; from += 1) {
    const state = states[from];
    if (state === undefined) break;
    const row = new Int32Array(alphabet.length).fill(NO_EDGE);
    for (const [index, call] of alphabet.entries()) {
      if (!allows(state, call)) continue;
      const after = onlyState(state, call);
      edges += 1;
      if (after === state) {
        // Most calls change nothing.
        row[index] = from;
        continue;
      }
      const key = stateKey(after);
      let to = numberOf.get(key);
      if (to === undefined) {
        to = states.length;
        if (to === limit) throw new RangeError(`more than ${limit} states`);
        numberOf.set(key, to);
        states.push(after);
        depth.push((depth[from] ?? 0) + 1);
      }
      row[index] = to;
    }
    next.push(row);
  }
  return { alphabet, states: states.length, edges, diameter: depth.at(-1) ?? 0, next };
}

function onlyState(state: State, call: Call): State {
  const outcomes = step(state, call);
  const [first] = outcomes;
  if (first === undefined || outcomes.some((outcome) => outcome.state !== first.state)) {
    throw new RangeError(`"${call.op}" leaves a choice of states`);
  }
  return first.state;
}
