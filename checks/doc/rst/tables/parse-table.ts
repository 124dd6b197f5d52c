import { Block } from "../lines/block.ts";
import type { Machine, Outcome } from "../machine.ts";
import { element, WARNING } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import type { Position, RstNode } from "../tree.ts";
import { readGridTable } from "./grid-table.ts";
import { type Isolated, isolateGrid, isolateSimple, reportMalformed } from "./isolate.ts";
import { readSimpleTable } from "./simple-table.ts";
import { type Cell, type TableData, TableProblem } from "./table-data.ts";

/** A table, drawn in either way. */
export function parseTable(machine: Machine, kind: "grid" | "simple"): Outcome {
  const { run } = machine;
  const isolated = kind === "grid" ? isolateGrid(machine) : isolateSimple(machine);
  appendTable(machine, isolated, kind === "grid" ? readGridTable : readSimpleTable);
  if (!isolated.blankFinish) {
    const line = machine.lines.at(machine.offset + 1) ?? machine.line;
    const text = "a table needs a blank line behind it";
    run.report({ level: WARNING, kind: "blank-line-after-table", text }, run.lineSpan(line));
  }
  machine.context = [];
  return "Body";
}

function appendTable(
  machine: Machine,
  isolated: Isolated,
  read: (lines: NonNullable<Isolated["lines"]>) => TableData,
): void {
  const { lines } = isolated;
  if (lines === undefined) return;
  const block = new Block(lines.map((it) => it.line));
  const position = machine.run.blockSpan(block) ?? machine.run.lineSpan(machine.line);
  try {
    machine.append(buildTable(machine, read(lines), position));
  } catch (error) {
    if (!(error instanceof TableProblem)) throw error;
    reportMalformed(machine, block, error.message, error.row);
  }
}

function buildTable(machine: Machine, data: TableData, position: Position): RstNode {
  const top = machine.run.emptySpan(position.start);
  const group = element("tgroup", position, {
    children: data.columnWidths.map(() => element("colspec", top)),
  });
  const part = (type: string, rows: TableData["body"]): void => {
    const children = rows.map((row) => buildRow(machine, row, position));
    group.children.push(element(type, spanOf(children, top), { children }));
  };
  if (data.head.length > 0) part("thead", data.head);
  part("tbody", data.body);
  return element("table", position, { children: [group] });
}

function buildRow(machine: Machine, cells: readonly Cell[], table: Position): RstNode {
  let last = machine.run.emptySpan(table.start);
  const children = cells.map((cell) => {
    const block = new Block(cell.lines);
    const first = cell.lines[0];
    const empty = first === undefined ? last : machine.run.lineSpan(first, 0, 0);
    last = machine.run.blockSpan(block) ?? empty;
    const entry = element("entry", last, {
      ...(cell.moreRows > 0 ? { moreRows: cell.moreRows } : {}),
      ...(cell.moreColumns > 0 ? { moreColumns: cell.moreColumns } : {}),
    });
    if (cell.lines.some((line) => line.text !== "")) parseNested(machine, block, entry);
    return entry;
  });
  return element("row", spanOf(children, last), { children });
}

/** From the first start to the last end; `none` when there are no nodes. */
function spanOf(nodes: readonly RstNode[], none: Position): Position {
  const positions = nodes.map((node) => node.position);
  const byStart = [...positions].sort((a, b) => a.start.offset - b.start.offset);
  const byEnd = [...positions].sort((a, b) => a.end.offset - b.end.offset);
  return { start: (byStart[0] ?? none).start, end: (byEnd.at(-1) ?? none).end };
}
