import type { Call } from "../machine/calls.ts";
import { type Outcome, UnmodelledCallError } from "../machine/outcome.ts";
import type { Machine } from "../machine/params.ts";
import { initialState, type State } from "../machine/state.ts";
import { step } from "../machine/step.ts";

/** A program that grows call by call, without those that the model can't answer. */
export interface ProgramBuilder {
  readonly calls: Call[];
  /** The states that the kernel may be in. */
  readonly states: readonly State[];
  /** Whether the call was added. */
  readonly add: (call: Call) => boolean;
}

/** More states than this say little about a kernel. */
const MAX_STATES = 16;

/** A program for a machine in its first state. */
export function buildProgram(machine: Machine): ProgramBuilder {
  const calls: Call[] = [];
  let states: readonly State[] = [initialState(machine)];
  return {
    calls,
    get states() {
      return states;
    },
    add: (call) => {
      const next = statesAfter(states, call);
      if (next === null || next.length > MAX_STATES) return false;
      states = next;
      calls.push(call);
      return true;
    },
  };
}

/** Every state after the call; null when the model has no answer. */
export function statesAfter(states: readonly State[], call: Call): readonly State[] | null {
  try {
    return statesOf(stepAll(states, call));
  } catch (error) {
    if (error instanceof UnmodelledCallError) return null;
    throw error;
  }
}

/** What may happen in any of several states. */
export function stepAll(states: readonly State[], call: Call): readonly Outcome[] {
  const [only] = states;
  if (states.length === 1 && only !== undefined) return step(only, call);
  return states.flatMap((state) => step(state, call));
}

/** The states that outcomes leave, each once; nearly always there is one outcome. */
export function statesOf(outcomes: readonly Outcome[]): readonly State[] {
  const [first] = outcomes;
  if (outcomes.length === 1 && first !== undefined) return [first.state];
  return [...new Set(outcomes.map(({ state }) => state))];
}

/** Whether the model has an answer to every call of a program. */
export function isModelled(machine: Machine, calls: readonly Call[]): boolean {
  const program = buildProgram(machine);
  return calls.every((call) => program.add(call));
}
