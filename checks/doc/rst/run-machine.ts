import type { Block } from "./lines/block.ts";
import {
  Machine,
  type Outcome,
  RESTART_AS_TEXT,
  RETRY_AS_TEXT,
  STOP,
  type StateName,
} from "./machine.ts";
import { element, SEVERE } from "./parse-run.ts";
import { stepBody } from "./states/body.ts";
import { atEndOfLineState, stepLine } from "./states/line.ts";
import { atEndOfQuotes, stepQuotes } from "./states/quoted-literal.ts";
import { stepSubstitution } from "./states/substitution.ts";
import { atEndOfDefinition, atEndOfText, stepDefinition, stepText } from "./states/text.ts";
import type { RstNode } from "./tree.ts";

/** docutils itself gives up, with an exception, at about the same depth. */
const MAX_DEPTH = 150;
/** No line is looked at more often than this on one level, or the machine is ended. */
const STEPS_A_LINE = 12;
const EXTRA_STEPS = 100;

function step(machine: Machine, state: StateName, asText: boolean): Outcome {
  switch (state) {
    case "Text":
      return stepText(machine, asText);
    case "Definition":
      return stepDefinition(machine);
    case "Line":
      return stepLine(machine);
    case "SubstitutionDef":
      return stepSubstitution(machine);
    case "QuotedLiteralBlock":
      return stepQuotes(machine);
    default:
      return stepBody(machine, state, asText);
  }
}

function atEnd(machine: Machine, state: StateName): Outcome {
  switch (state) {
    case "Text":
      return atEndOfText(machine);
    case "Definition":
      return atEndOfDefinition(machine);
    case "Line":
      return atEndOfLineState(machine);
    case "QuotedLiteralBlock":
      return atEndOfQuotes(machine);
    default:
      return STOP;
  }
}

/** Runs a machine over its lines, from `initial` on. */
export function runMachine(machine: Machine, initial: StateName): void {
  let state = initial;
  let asText = false;
  let budget = machine.lines.length * STEPS_A_LINE + EXTRA_STEPS;
  for (;;) {
    let outcome: Outcome = machine.next() ? step(machine, state, asText) : STOP;
    if (outcome === STOP) outcome = atEnd(machine, state);
    if (outcome === STOP) return;
    budget--;
    if (budget < 0) {
      machine.offset = machine.lines.length;
      return;
    }
    asText = outcome === RETRY_AS_TEXT || outcome === RESTART_AS_TEXT;
    if (asText) machine.previous();
    if (outcome === RESTART_AS_TEXT) state = "Body";
    else if (outcome !== RETRY_AS_TEXT) state = outcome;
  }
}

/** What a nested parse may be told. */
export interface NestedOptions {
  readonly state?: StateName;
  readonly matchTitles?: boolean;
  /** Fields of the new machine. */
  readonly prepare?: (machine: Machine) => void;
}

/** Parses a block into `node`; gives the machine as it was left. */
export function parseNested(
  parent: Machine,
  block: Block,
  node: RstNode,
  options: NestedOptions = {},
): Machine {
  const { run } = parent;
  const machine = new Machine(run, block, node, options.matchTitles ?? false);
  options.prepare?.(machine);
  if (run.depth >= MAX_DEPTH) {
    giveUp(machine);
    return machine;
  }
  run.depth++;
  runMachine(machine, options.state ?? "Body");
  run.depth--;
  return machine;
}

function giveUp(machine: Machine): void {
  const { run, lines } = machine;
  machine.offset = lines.length;
  const position = run.blockSpan(lines);
  if (position === undefined) return;
  const text = `nested deeper than ${MAX_DEPTH} levels; not parsed`;
  run.report({ level: SEVERE, kind: "nesting-too-deep", text }, position);
  machine.append(element("literal_block", position, { value: lines.join() }));
}

/**
 * Parses what follows the current line as more of the same: list items, explicit markup. The
 * parent then stands on the last line that belonged to it.
 *
 * @returns whether it ended with a blank line
 */
export function parseFollowing(
  parent: Machine,
  node: RstNode,
  state: StateName,
  blankFinish: boolean,
  options: NestedOptions = {},
): boolean {
  const nested = parseNested(parent, parent.rest(1), node, {
    ...options,
    state,
    prepare: (machine) => {
      machine.blankFinish = blankFinish;
      options.prepare?.(machine);
    },
  });
  parent.offset += 1 + nested.offset;
  return nested.blankFinish;
}
