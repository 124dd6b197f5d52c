import { columnWidth } from "../lines/columns.ts";
import type { Line } from "../lines/source-map.ts";
import { leadingSpace, trim, trimEnd } from "../lines/white-space.ts";
import { type Machine, type Outcome, RESTART_AS_TEXT, STOP } from "../machine.ts";
import { ERROR, element, INFO, type Report, SEVERE, WARNING } from "../parse-run.ts";
import { ADORNMENT } from "./patterns.ts";
import { startSection } from "./section.ts";

const SHORT = 4;

/** The line after an adornment: a blank one makes it a transition, a text an overline. */
export function stepLine(machine: Machine): Outcome {
  const { text } = machine;
  if (text === "") return transition(machine);
  if (text[0] !== " " && ADORNMENT.test(text)) return twoAdornments(machine);
  return overlinedTitle(machine);
}

/** The lines end after an adornment. */
export function atEndOfLineState(machine: Machine): Outcome {
  const { run } = machine;
  const marker = adornmentOf(machine);
  if (run.bubblingUp) run.bubblingUp = false;
  else if (marker.text.trim().length < SHORT) return treatAsText(machine, 1);
  if (machine.endIsTransition) {
    machine.append(element("transition", run.lineSpan(marker)));
  }
  machine.endIsTransition = true;
  return STOP;
}

function adornmentOf(machine: Machine): Line {
  return machine.context[0] ?? machine.line;
}

function transition(machine: Machine): Outcome {
  const marker = adornmentOf(machine);
  if (trim(marker.text).length < SHORT) return treatAsText(machine, 1);
  machine.append(element("transition", machine.run.lineSpan(marker)));
  machine.context = [];
  return "Body";
}

/** Goes back to the adornment and reads it as text. */
function treatAsText(machine: Machine, lines: number): Outcome {
  machine.previous(lines);
  machine.context = [];
  return RESTART_AS_TEXT;
}

function shortOverline(machine: Machine, lines: number): Outcome {
  const text = "this could be the overline of a title; too short, it is text";
  const position = machine.run.lineSpan(adornmentOf(machine));
  machine.run.report({ level: INFO, kind: "short-overline", text }, position);
  return treatAsText(machine, lines);
}

function twoAdornments(machine: Machine): Outcome {
  const { run } = machine;
  const overline = adornmentOf(machine);
  if (trimEnd(overline.text).length < SHORT) return shortOverline(machine, 1);
  const text = "two adornments in a row are neither a title nor a transition";
  const span = { start: run.pointAt(overline), end: run.endOf(machine.line) };
  run.report({ level: ERROR, kind: "invalid-title-or-transition", text }, span);
  machine.context = [];
  return "Body";
}

function overlinedTitle(machine: Machine): Outcome {
  const { run } = machine;
  const overlineLine = adornmentOf(machine);
  const title = machine.line;
  const overline = trimEnd(overlineLine.text);
  const hasUnderline = machine.next();
  const underline = trimEnd(machine.text);
  const problem = findProblem(overline, title, hasUnderline ? underline : undefined);
  if (problem !== undefined) {
    if (overline.length < SHORT) return shortOverline(machine, 2);
    const end = hasUnderline ? run.endOf(machine.line) : run.endOf(title);
    run.report(problem, { start: run.pointAt(overlineLine), end });
    if (problem.level !== WARNING) {
      machine.context = [];
      return "Body";
    }
  }
  const indent = leadingSpace(title.text);
  const text = trimEnd(title.text.slice(indent));
  machine.endIsTransition = false;
  const outcome = startSection(
    machine,
    { text, row: title.row, column: title.column + indent },
    overline.charAt(0) + underline.charAt(0),
    { start: run.pointAt(overlineLine), end: run.endOf(machine.line) },
  );
  if (outcome === STOP) return STOP;
  machine.endIsTransition = true;
  machine.context = [];
  return outcome;
}

function findProblem(overline: string, title: Line, underline?: string): Report | undefined {
  if (underline === undefined) {
    const text = "the section title ends with the text";
    return { level: SEVERE, kind: "incomplete-title", text };
  }
  if (!ADORNMENT.test(underline)) {
    const text = "a title with an overline needs an underline";
    return { level: SEVERE, kind: "missing-underline", text };
  }
  if (overline !== underline) {
    const text = "overline and underline of the title differ";
    return { level: SEVERE, kind: "overline-underline-differ", text };
  }
  if (columnWidth(trimEnd(title.text)) > overline.length) {
    const text = "the overline is shorter than the title";
    return { level: WARNING, kind: "title-overline-short", text };
  }
  return undefined;
}
