import { isSince } from "../abi/stage.ts";
import { answerQuestion } from "../machine/answer-call.ts";
import { findAnswerCommand } from "../machine/answer-commands.ts";
import type { Call } from "../machine/calls.ts";
import { rowsOfStage } from "../machine/check-order.ts";
import { fileAt, fileRequest } from "../machine/file-calls.ts";
import { readHintRequest } from "../machine/hint-request.ts";
import { answeringRows, violatedRows } from "../machine/interpret.ts";
import type { Outcome } from "../machine/outcome.ts";
import type { Machine } from "../machine/params.ts";
import { initialState, type State } from "../machine/state.ts";
import { statesOf, stepAll } from "./run-model.ts";
import { stateDigest } from "./state-digest.ts";
import type { ExpectedOutcome } from "./vector.ts";

/** Which rows of the order of checks a call meets, by id. */
interface RowsMet {
  /** All that it violates, in the table's order. */
  readonly rows: readonly string[];
  /** The one that answers; null when none does or the model can't tell. */
  readonly answer: string | null;
}

/** What the model says of a program, and which rows its last call meets. */
export interface Prediction extends RowsMet {
  /** For each call the allowed observations. */
  readonly expected: readonly (readonly ExpectedOutcome[])[];
  /** As of `Vector`. */
  readonly digests?: readonly number[];
  /** The machine, if a call left a choice of states. */
  readonly choiceOn?: Machine;
}

/**
 * Runs a program in the model from a fresh context. The set of states that the kernel may be in is
 * kept from call to call, so a later call's observations are the union over them.
 */
export function predict(machine: Machine, calls: readonly Call[]): Prediction {
  let states: readonly State[] = [initialState(machine)];
  let before = states;
  let isChoice = false;
  const expected = calls.map((call) => {
    before = states;
    const outcomes = stepAll(states, call);
    states = statesOf(outcomes);
    isChoice ||= states.length > 1;
    return observable(outcomes);
  });
  const last = calls.at(-1);
  const [state] = before;
  const met = last && state ? rowsMet(state, last) : NO_ROWS;
  const { rows, answer } = met;
  const isAlone = last !== undefined && last.op !== "fork" && state?.parents.length === 0;
  // From v3 on what is counted depends on which way the kernel went, and vectors ask for it.
  const isAsked = isAlone && !isSince(machine.stage, "v3");
  const digests = isAsked ? [...new Set(states.map(stateDigest))] : undefined;
  const prediction = { expected, rows, answer, ...(digests && { digests }) };
  return isChoice ? { ...prediction, choiceOn: machine } : prediction;
}

/** Calls without bytes are most of all calls, and give few different values. */
const WITHOUT_BYTES = new Map<number, readonly ExpectedOutcome[]>();

/** What userspace sees of outcomes. */
function observable(outcomes: readonly Outcome[]): readonly ExpectedOutcome[] {
  const [first] = outcomes;
  if (outcomes.length !== 1 || first === undefined || first.out.length > 0) {
    return outcomes.map(({ ret, out }) => ({ ret, out }));
  }
  const known = WITHOUT_BYTES.get(first.ret) ?? [{ ret: first.ret, out: first.out }];
  WITHOUT_BYTES.set(first.ret, known);
  return known;
}

const NO_ROWS: RowsMet = { rows: [], answer: null };

function rowsMet(state: State, call: Call): RowsMet {
  if (call.op === "open" || call.op === "fileop") {
    const request = fileRequest(state, call);
    return request === null ? NO_ROWS : metBy(rowsOfStage(state.machine.stage).file, request);
  }
  if (call.op !== "ioctl") return NO_ROWS;
  const file = fileAt(state, call.slot);
  if (file === null) return NO_ROWS;
  const answer = findAnswerCommand(call.cmd, state.machine.stage);
  if (answer !== undefined) {
    const { rows, request } = answerQuestion(state, call, answer);
    return metBy(rows, request);
  }
  const request = readHintRequest(state, file, call);
  const answers = answeringRows(request);
  return {
    rows: violatedRows(request).map(({ id }) => id),
    answer: answers.length === 1 ? (answers[0]?.id ?? null) : null,
  };
}

function metBy<Request>(
  table: readonly { readonly id: string; readonly matches: (request: Request) => boolean }[],
  request: Request,
): RowsMet {
  const rows = table.filter((row) => row.matches(request)).map(({ id }) => id);
  return { rows, answer: rows[0] ?? null };
}
