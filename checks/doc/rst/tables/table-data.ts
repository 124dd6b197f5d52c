import type { Line } from "../lines/source-map.ts";

/** A cell: how many more rows and columns it spans, and its lines. */
export interface Cell {
  readonly moreRows: number;
  readonly moreColumns: number;
  readonly lines: readonly Line[];
}

/** A parsed table. Cells that another one covers are left out. */
export interface TableData {
  readonly columnWidths: readonly number[];
  readonly head: readonly (readonly Cell[])[];
  readonly body: readonly (readonly Cell[])[];
}

/** A table that cannot be read; `row` is the line of the table where. */
export class TableProblem extends Error {
  readonly row: number;

  constructor(message: string, row = 0) {
    super(message);
    this.name = "TableProblem";
    this.row = row;
  }
}

/** The index of the line between head and body; undefined when there is none. */
export function findHeadSeparator(lines: readonly string[], pattern: RegExp): number | undefined {
  let found: number | undefined;
  lines.forEach((line, index) => {
    if (!pattern.test(line)) return;
    if (found !== undefined) {
      throw new TableProblem("the table has two separators of head and body", index);
    }
    found = index;
  });
  if (found === 0 || (found !== undefined && found === lines.length - 1)) {
    throw new TableProblem("the separator of head and body is the table's border", found);
  }
  return found;
}
