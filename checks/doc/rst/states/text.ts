import { columnWidth } from "../lines/columns.ts";
import type { Line } from "../lines/source-map.ts";
import { trimEnd } from "../lines/white-space.ts";
import { addDefinition, startDefinitionList } from "../lists/definition.ts";
import { type Machine, type Outcome, RETRY_AS_TEXT, STOP } from "../machine.ts";
import { ERROR, INFO, SEVERE, WARNING } from "../parse-run.ts";
import type { Position } from "../tree.ts";
import { literalBlock } from "./literal-block.ts";
import { appendParagraph } from "./paragraph.ts";
import { ADORNMENT } from "./patterns.ts";
import { startSection } from "./section.ts";

/** The line after a line of text. */
export function stepText(machine: Machine, asText: boolean): Outcome {
  const { text } = machine;
  if (!asText) {
    if (text === "") return endParagraph(machine);
    if (text[0] === " ") return startDefinitionList(machine);
    if (ADORNMENT.test(text)) return underline(machine);
  }
  return paragraphLines(machine);
}

/** The lines end after a line of text. */
export function atEndOfText(machine: Machine): Outcome {
  if (machine.context.length > 0) endParagraph(machine);
  return STOP;
}

/** The line after what may be the term of a definition list that goes on. */
export function stepDefinition(machine: Machine): Outcome {
  if (machine.text === "" || machine.text[0] !== " ") return STOP;
  return addDefinition(machine);
}

/** It was no term: the parent looks at it again. */
export function atEndOfDefinition(machine: Machine): Outcome {
  machine.previous(2);
  return STOP;
}

function endParagraph(machine: Machine): Outcome {
  const literalNext = appendParagraph(machine, machine.context);
  if (literalNext) literalBlock(machine);
  machine.context = [];
  return "Body";
}

function paragraphLines(machine: Machine): Outcome {
  const { run } = machine;
  const { block, indentedLine } = machine.textBlock(true);
  const literalNext = appendParagraph(machine, [...machine.context, ...block.toArray()]);
  if (indentedLine !== undefined) {
    const text = "unexpected indentation";
    run.report(
      { level: ERROR, kind: "unexpected-indentation", text },
      run.lineSpan(indentedLine, indentedLine.text.search(/\S/)),
    );
  }
  machine.context = [];
  if (literalNext) {
    machine.next();
    literalBlock(machine);
  }
  return "Body";
}

function underline(machine: Machine): Outcome {
  const { run, line } = machine;
  const titleLine = machine.context[0] ?? line;
  const title = trimEnd(titleLine.text);
  const adornment = trimEnd(line.text);
  const position = run.lineSpan(line);
  if (columnWidth(title) > adornment.length) {
    if (adornment.length < 4) {
      const text = "this could be the underline of a title; too short, it is text";
      if (machine.matchTitles) run.report({ level: INFO, kind: "short-underline", text }, position);
      return RETRY_AS_TEXT;
    }
    const text = "the underline is shorter than the title";
    run.report({ level: WARNING, kind: "title-underline-short", text }, position);
  }
  if (!machine.matchTitles) return unexpectedTitle(machine, titleLine, position);
  machine.context = [];
  return startSection(machine, titleLine, adornment.charAt(0), {
    start: run.pointAt(titleLine),
    end: position.end,
  });
}

function unexpectedTitle(machine: Machine, title: Line, position: Position): Outcome {
  const text = "a section title cannot stand inside another element";
  const span = { start: machine.run.pointAt(title), end: position.end };
  machine.run.report({ level: SEVERE, kind: "unexpected-title", text }, span);
  machine.context = [];
  return "Body";
}
