import { isBlank, trimEnd } from "../lines/white-space.ts";
import { type Cell, findHeadSeparator, type TableData, TableProblem } from "./table-data.ts";
import { cutCell, type TableLine } from "./table-line.ts";

const HEAD_SEPARATOR = /^=[ =]*$/;
const SPAN = /^-[ -]*$/;

/** First column and the one behind the last. */
type Columns = readonly [number, number];

interface Row {
  /** Index of its first line in the table. */
  readonly start: number;
  readonly cells: readonly Cell[];
}

/** Reads a simple table: rows of `=`, columns divided by spaces. */
export function readSimpleTable(lines: readonly TableLine[]): TableData {
  const reader = new SimpleReader(lines);
  const rows = reader.rows;
  const separator = reader.separator;
  const firstBody = rows.findIndex((row) => row.start > (separator ?? -1));
  const headRows = separator === undefined ? 0 : Math.max(firstBody, 0);
  return {
    columnWidths: reader.columns.map(([start, end]) => end - start),
    head: rows.slice(0, headRows).map((row) => row.cells),
    body: rows.slice(headRows).map((row) => row.cells),
  };
}

class SimpleReader {
  columns: Columns[] = [];
  readonly rows: Row[] = [];
  readonly separator: number | undefined;
  readonly #lines: readonly TableLine[];
  readonly #texts: string[];
  readonly #borderEnd: number;

  constructor(lines: readonly TableLine[]) {
    this.#lines = lines;
    this.#texts = lines.map((line) => line.padded);
    this.#toDashes(0);
    this.#toDashes(this.#texts.length - 1);
    this.separator = findHeadSeparator(this.#texts, HEAD_SEPARATOR);
    if (this.separator !== undefined) this.#toDashes(this.separator);
    this.columns = findColumns(this.#texts[0] ?? "");
    this.#borderEnd = this.columns.at(-1)?.[1] ?? 0;
    this.#readRows();
  }

  #toDashes(index: number): void {
    this.#texts[index] = (this.#texts[index] ?? "").replaceAll("=", "-");
  }

  #readRows(): void {
    const [first = 0, end = 0] = this.columns[0] ?? [];
    let start = 1;
    let seenText = false;
    for (let index = 1; index < this.#texts.length; index++) {
      const text = this.#texts[index] ?? "";
      if (SPAN.test(text)) {
        this.#readRow(start, index, this.#spanColumns(text, index));
        start = index + 1;
        seenText = false;
      } else if (!isBlank(text.slice(first, end))) {
        if (seenText && index !== start) this.#readRow(start, index, undefined);
        start = index;
        seenText = true;
      } else if (!seenText) {
        start = index + 1;
      }
    }
  }

  /** The columns that a line of dashes says; the last one may be open to the right. */
  #spanColumns(text: string, index: number): Columns[] {
    const columns = findColumns(trimEnd(text));
    const last = columns.at(-1);
    if (last?.[1] !== this.#borderEnd) {
      throw new TableProblem("a column span does not reach the right border", index);
    }
    columns[columns.length - 1] = [last[0], this.columns.at(-1)?.[1] ?? last[1]];
    return columns;
  }

  #readRow(start: number, end: number, span: Columns[] | undefined): void {
    if (start === end && span === undefined) return;
    const columns = span ?? [...this.columns];
    const lines = this.#lines.slice(start, end);
    this.#checkColumns(lines, start, columns);
    const shape = this.#shapeOf(columns, start);
    const cells = columns.map(([left, right], index) => ({
      moreRows: 0,
      moreColumns: shape[index] ?? 0,
      lines: cutCell(lines, left, right),
    }));
    this.rows.push({ start, cells });
  }

  /** How many more columns of the table each column of the row spans. */
  #shapeOf(columns: readonly Columns[], start: number): number[] {
    let index = 0;
    return columns.map(([left, right]) => {
      let more = 0;
      if (left !== this.columns[index]?.[0]) throw misaligned(start);
      while (right !== this.columns[index]?.[1]) {
        index++;
        more++;
        if (index >= this.columns.length) throw misaligned(start);
      }
      index++;
      return more;
    });
  }

  /** No text between the columns; text behind the last one makes it wider, for later rows too. */
  #checkColumns(lines: readonly TableLine[], start: number, columns: Columns[]): void {
    const texts = lines.map((line) => line.withoutCombining);
    for (let index = 0; index < columns.length; index++) {
      for (const [offset, text] of texts.entries()) {
        const [left, right] = columns[index] ?? [0, 0];
        const isLast = index === columns.length - 1;
        const margin = text.slice(right, isLast ? undefined : columns[index + 1]?.[0]);
        if (isBlank(margin)) continue;
        if (!isLast) throw new TableProblem("text between two columns", start + offset);
        const newEnd = left + trimEnd(text.slice(left)).length;
        const [mainStart, mainEnd] = this.columns.at(-1) ?? [0, 0];
        columns[index] = [left, Math.max(mainEnd, newEnd)];
        if (newEnd > mainEnd) this.columns[this.columns.length - 1] = [mainStart, newEnd];
      }
    }
  }
}

function misaligned(start: number): TableProblem {
  return new TableProblem("a column span does not start or end with a column", start + 1);
}

function findColumns(text: string): Columns[] {
  return [...text.matchAll(/-[^ ]*/g)].map((match) => [match.index, match.index + match[0].length]);
}
