import { ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_CAPS } from "../abi/ioctls/caps.ts";
import type { Call } from "../machine/calls.ts";
import { readCapsRequest } from "../machine/caps-request.ts";
import { rowsOfStage } from "../machine/check-order.ts";
import { fileAt } from "../machine/file-calls.ts";
import { readHintRequest } from "../machine/hint-request.ts";
import { violatedRows } from "../machine/interpret.ts";
import type { Machine } from "../machine/params.ts";
import { initialState, type State } from "../machine/state.ts";
import { step } from "../machine/step.ts";
import type { ExpectedOutcome } from "./vector.ts";

/** What the model says of a program. */
export interface Prediction {
  /** For each call the allowed observations. */
  readonly expected: readonly (readonly ExpectedOutcome[])[];
  /** Ids of the rows that the last call violates, in the table's order. */
  readonly rows: readonly string[];
}

/**
 * Runs a program in the model from a fresh context. The set of states that the kernel may be in is
 * kept from call to call, so a later call's observations are the union over them.
 */
export function predict(machine: Machine, calls: readonly Call[]): Prediction {
  let states: readonly State[] = [initialState(machine)];
  let before = states;
  const expected = calls.map((call) => {
    before = states;
    const outcomes = states.flatMap((state) => step(state, call));
    states = [...new Set(outcomes.map(({ state }) => state))];
    return outcomes.map(({ ret, out }) => ({ ret, out }));
  });
  const last = calls.at(-1);
  const [state] = before;
  return { expected, rows: last && state ? rowsOf(state, last) : [] };
}

const CAPS_NUMBER = ioctlNumber(HBF_IOC_CAPS);

function rowsOf(state: State, call: Call): readonly string[] {
  if (call.op !== "ioctl") return [];
  const file = fileAt(state, call.slot);
  if (file === null) return [];
  if (call.cmd === CAPS_NUMBER) {
    const request = readCapsRequest(state, call);
    const { caps } = rowsOfStage(state.machine.stage);
    return caps.filter((row) => row.matches(request)).map(({ id }) => id);
  }
  return violatedRows(readHintRequest(state, file, call)).map(({ id }) => id);
}
