import { type Cell, findHeadSeparator, type TableData, TableProblem } from "./table-data.ts";
import { cutCell, type TableLine } from "./table-line.ts";

const HEAD_SEPARATOR = /^\+=[=+]+=\+ *$/;

interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The borders met while a box is traced. */
interface Borders {
  readonly rows: Set<number>;
  readonly columns: Set<number>;
}

/** Reads a grid table by tracing its boxes from their upper left corners. */
export function readGridTable(lines: readonly TableLine[]): TableData {
  const texts = lines.map((line) => line.padded);
  const separator = findHeadSeparator(texts, HEAD_SEPARATOR);
  if (separator !== undefined) {
    texts[separator] = (texts[separator] ?? "").replaceAll("=", "-");
  }
  const scan = new GridScan(texts);
  return toTable(lines, scan, separator);
}

class GridScan {
  readonly boxes: Box[] = [];
  readonly borders: Borders = { rows: new Set([0]), columns: new Set([0]) };
  readonly #texts: readonly string[];
  readonly #bottom: number;
  readonly #right: number;
  /** For each column of text the last line that belongs to a box. */
  readonly #done: number[];

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#bottom = texts.length - 1;
    this.#right = (texts[0]?.length ?? 1) - 1;
    this.#done = new Array<number>(this.#right + 1).fill(-1);
    this.#scan();
  }

  #at(row: number, column: number): string | undefined {
    return this.#texts[row]?.[column];
  }

  /** From top to bottom and left to right, each box leads to the corners of the next ones. */
  #scan(): void {
    const corners = this.#texts.map(() => new Set<number>());
    corners[0]?.add(0);
    for (let top = 0; top < this.#bottom; top++) {
      // A set may grow while it is walked, but not sorted: hence the columns one by one.
      for (let left = 0; left < this.#right; left++) {
        if (!corners[top]?.has(left) || top <= (this.#done[left] ?? -1)) continue;
        const box = this.#traceRight(top, left);
        if (box === undefined) continue;
        this.#markDone(box);
        this.boxes.push(box);
        corners[top]?.add(box.right);
        corners[box.bottom]?.add(left);
      }
    }
    const last = this.#bottom - 1;
    if (this.#done.slice(0, this.#right).some((row) => row !== last)) {
      throw new TableProblem("the boxes of the table do not fill it");
    }
  }

  #markDone(box: Box): void {
    for (let column = box.left; column < box.right; column++) {
      if (this.#done[column] !== box.top - 1) throw new TableProblem("boxes of the table overlap");
      this.#done[column] = box.bottom - 1;
    }
  }

  #traceRight(top: number, left: number): Box | undefined {
    const columns: number[] = [];
    for (let right = left + 1; right <= this.#right; right++) {
      const character = this.#at(top, right);
      if (character === "+") {
        columns.push(right);
        const box = this.#traceDown({ top, left, right }, columns);
        if (box !== undefined) return box;
      } else if (character !== "-") return undefined;
    }
    return undefined;
  }

  #traceDown(from: Omit<Box, "bottom">, columns: readonly number[]): Box | undefined {
    const rows: number[] = [];
    for (let bottom = from.top + 1; bottom <= this.#bottom; bottom++) {
      const character = this.#at(bottom, from.right);
      if (character === "+") {
        rows.push(bottom);
        const box = { ...from, bottom };
        const back = this.#traceBack(box);
        if (back !== undefined) {
          for (const row of [...rows, ...back.rows]) this.borders.rows.add(row);
          for (const column of [...columns, ...back.columns]) this.borders.columns.add(column);
          return box;
        }
      } else if (character !== "|") return undefined;
    }
    return undefined;
  }

  /** Along the bottom to the left and up again. */
  #traceBack(box: Box): Borders | undefined {
    const columns = new Set<number>();
    for (let column = box.right - 1; column > box.left; column--) {
      const character = this.#at(box.bottom, column);
      if (character === "+") columns.add(column);
      else if (character !== "-") return undefined;
    }
    if (this.#at(box.bottom, box.left) !== "+") return undefined;
    const rows = new Set<number>();
    for (let row = box.bottom - 1; row > box.top; row--) {
      const character = this.#at(row, box.left);
      if (character === "+") rows.add(row);
      else if (character !== "|") return undefined;
    }
    return { rows, columns };
  }
}

function toTable(
  lines: readonly TableLine[],
  scan: GridScan,
  separator: number | undefined,
): TableData {
  const rowBorders = [...scan.borders.rows].sort((a, b) => a - b);
  const columnBorders = [...scan.borders.columns].sort((a, b) => a - b);
  const rowAt = new Map(rowBorders.map((border, index) => [border, index]));
  const columnAt = new Map(columnBorders.map((border, index) => [border, index]));
  const rows: Cell[][] = rowBorders.slice(1).map(() => []);
  for (const { top, left, bottom, right } of scan.boxes) {
    const row = rowAt.get(top) ?? 0;
    rows[row]?.push({
      moreRows: (rowAt.get(bottom) ?? 0) - row - 1,
      moreColumns: (columnAt.get(right) ?? 0) - (columnAt.get(left) ?? 0) - 1,
      lines: cutCell(lines.slice(top + 1, bottom), left + 1, right),
    });
  }
  const headRows = separator === undefined ? 0 : (rowAt.get(separator) ?? 0);
  return {
    columnWidths: columnBorders.slice(1).map((end, i) => end - (columnBorders[i] ?? 0) - 1),
    head: rows.slice(0, headRows),
    body: rows.slice(headRows),
  };
}
