import type { Call } from "../machine/calls.ts";
import { UnmodelledCallError } from "../machine/outcome.ts";
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
    const outcomes = states.flatMap((state) => step(state, call));
    return [...new Set(outcomes.map(({ state }) => state))];
  } catch (error) {
    if (error instanceof UnmodelledCallError) return null;
    throw error;
  }
}

/** Whether the model has an answer to every call of a program. */
export function isModelled(machine: Machine, calls: readonly Call[]): boolean {
  const program = buildProgram(machine);
  return calls.every((call) => program.add(call));
}
