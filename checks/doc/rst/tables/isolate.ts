import type { Block } from "../lines/block.ts";
import { trim } from "../lines/white-space.ts";
import type { Machine } from "../machine.ts";
import { ERROR } from "../parse-run.ts";
import { GRID_TOP } from "../states/patterns.ts";
import { TableLine, trimmedTableLine } from "./table-line.ts";

const SIMPLE_BORDER = /^=+[ =]*$/;

/** The lines of a table; `lines` is undefined for one that was already reported as malformed. */
export interface Isolated {
  readonly lines: readonly TableLine[] | undefined;
  readonly blankFinish: boolean;
}

/** Reports a table that cannot be read. */
export function reportMalformed(machine: Machine, block: Block, why: string, row = 0): void {
  const { run } = machine;
  const line = block.at(row) ?? block.at(0) ?? machine.line;
  const text = `malformed table: ${why}`;
  run.report({ level: ERROR, kind: "malformed-table", text }, run.lineSpan(line));
}

/** Takes the lines of a grid table. */
export function isolateGrid(machine: Machine): Isolated {
  const { run } = machine;
  const { block, indentedLine } = machine.textBlock(true);
  let blankFinish = true;
  if (indentedLine !== undefined) {
    const text = "unexpected indentation";
    run.report({ level: ERROR, kind: "unexpected-indentation", text }, run.lineSpan(indentedLine));
    blankFinish = false;
  }
  let lines = block.toArray().map(trimmedTableLine);
  const width = lines[0]?.padded.length ?? 0;
  const outside = lines.findIndex((line) => !/^[+|]/.test(line.padded));
  if (outside >= 0) {
    blankFinish = false;
    machine.previous(lines.length - outside);
    lines = lines.slice(0, outside);
  }
  if (!GRID_TOP.test(lines.at(-1)?.padded ?? "")) {
    blankFinish = false;
    const bottom = lines.findLastIndex(
      (line, index) => index > 1 && index < lines.length - 1 && GRID_TOP.test(line.padded),
    );
    if (bottom < 0) {
      reportMalformed(machine, block, "it has no bottom border");
      return { lines: undefined, blankFinish };
    }
    machine.previous(lines.length - bottom + 1);
    lines = lines.slice(0, bottom + 1);
  }
  const ragged = lines.findIndex(
    (line) => line.padded.length !== width || !/[+|]$/.test(line.padded),
  );
  if (ragged >= 0) {
    reportMalformed(machine, block, "the right border is not straight");
    return { lines: undefined, blankFinish };
  }
  return { lines, blankFinish };
}

/** Takes the lines of a simple table. */
export function isolateSimple(machine: Machine): Isolated {
  const { lines, offset: start } = machine;
  const limit = lines.length - 1;
  const width = trim(lines.text(start)).length;
  const isFinished = (at: number): boolean => at === limit || trim(lines.text(at + 1)) === "";
  let lastBorder: number | undefined;
  let borders = 0;
  for (let index = start + 1; index <= limit; index++) {
    const text = lines.text(index);
    if (!SIMPLE_BORDER.test(text)) continue;
    if (trim(text).length !== width) {
      machine.next(index - start);
      const why = "a border is not as wide as the top border";
      reportMalformed(machine, lines.slice(start, index + 1), why);
      return { lines: undefined, blankFinish: isFinished(index) };
    }
    borders++;
    lastBorder = index;
    if (borders === 2 || isFinished(index)) {
      machine.next(index - start);
      const block = lines.slice(start, index + 1).toArray();
      return { lines: block.map((it) => new TableLine(it)), blankFinish: isFinished(index) };
    }
  }
  const end = lastBorder ?? limit;
  machine.next(end - start);
  const why = "it has no bottom border, or no blank line follows it";
  reportMalformed(machine, lines.slice(start, end + 1), why);
  return { lines: undefined, blankFinish: lastBorder === undefined };
}
