import { isCombining, isWide } from "../lines/columns.ts";
import { cutLine, type Line } from "../lines/source-map.ts";
import { leadingSpace, trimEnd } from "../lines/white-space.ts";

/** Stands in the second column of a wide character. */
const PAD = "\0";
const REPLACEMENT = "\ufffd";
const SIMPLE = /^[\x20-\u02ff]*$/;

/** A line of a table, by columns: a wide character takes two. */
export class TableLine {
  readonly line: Line;
  /** One code unit for each column. */
  readonly padded: string;
  /** Index in the text of each column, and of the end; undefined when they are equal. */
  readonly #origin: readonly number[] | undefined;
  /** Columns of characters that have no width; undefined when there are none. */
  readonly #visible: readonly number[] | undefined;

  constructor(line: Line) {
    this.line = line;
    if (SIMPLE.test(line.text)) {
      this.padded = line.text;
      return;
    }
    const origin: number[] = [];
    const visible: number[] = [];
    let padded = "";
    let index = 0;
    for (const character of line.text) {
      const code = character.codePointAt(0) ?? 0;
      if (!isCombining(code)) visible.push(padded.length);
      origin.push(index);
      index += character.length;
      padded += character.length === 1 ? character : REPLACEMENT;
      if (isWide(code)) {
        visible.push(padded.length);
        origin.push(index);
        padded += PAD;
      }
    }
    origin.push(index);
    this.padded = padded;
    this.#origin = origin;
    if (visible.length < padded.length) this.#visible = visible;
  }

  /** Without the characters that have no width. */
  get withoutCombining(): string {
    if (this.#visible === undefined) return this.padded;
    return this.#visible.map((column) => this.padded.charAt(column)).join("");
  }

  /** The column of the `index`th character that has a width. */
  visibleColumn(index: number): number {
    if (this.#visible === undefined) return index;
    const shift = this.padded.length - this.#visible.length;
    return this.#visible[index] ?? index + shift;
  }

  /** The characters in the columns from `from` up to `to`, without white space at the end. */
  cut(from: number, to: number): Line {
    const start = this.#indexOf(from);
    const text = trimEnd(this.line.text.slice(start, this.#indexOf(to)));
    return { text, row: this.line.row, column: this.line.column + start };
  }

  #indexOf(column: number): number {
    const inText = Math.min(column, this.padded.length);
    return this.#origin === undefined ? inText : (this.#origin[inText] ?? this.line.text.length);
  }
}

/** The line without white space at both ends, by columns. */
export function trimmedTableLine(line: Line): TableLine {
  const cut = cutLine(line, leadingSpace(line.text));
  return new TableLine({ ...cut, text: trimEnd(cut.text) });
}

/**
 * The lines of a cell, without their common indent.
 *
 * Problem: where characters without a width stand before a cell, docutils moves the borders of all
 * lines below by them too. That is kept, for the same cells to come out.
 */
export function cutCell(lines: readonly TableLine[], left: number, right: number): Line[] {
  let from = left;
  let to = right;
  let indent = right;
  const cut = lines.map((line) => {
    from = line.visibleColumn(from);
    to = line.visibleColumn(to);
    const cell = line.cut(from, to);
    if (cell.text !== "") indent = Math.min(indent, leadingSpace(cell.text));
    return cell;
  });
  if (indent <= 0 || indent >= to) return cut;
  return cut.map((cell) => cutLine(cell, Math.min(indent, cell.text.length)));
}
