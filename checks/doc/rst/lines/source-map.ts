import type { Point } from "../tree.ts";
import { trimEnd } from "./white-space.ts";

/**
 * A part of one line of the source: tabs expanded, white space at the end removed. `column` says
 * where in the expanded line it starts, so that every place in it leads back to the source.
 */
export interface Line {
  readonly text: string;
  /** 0-based line of the source. */
  readonly row: number;
  /** 0-based column in the expanded line, in UTF-16 code units. */
  readonly column: number;
}

interface Expanded {
  readonly text: string;
  /** Index in the source line of each index in `text`, one more for the end. */
  readonly origin: readonly number[];
}

const TAB_WIDTH = 8;
/** Separators of files, groups and records, next line, line and paragraph separator. */
const RARE_ENDS = "\\x1c-\\x1e\\x85\\u2028\\u2029";
const LINE_END = new RegExp(`\\r\\n|[\\n\\r${RARE_ENDS}]`, "g");
/** Most sources have none of these, and are cut faster. */
const OTHER_END = new RegExp(`[\\r${RARE_ENDS}]`);
const BYTE_ORDER_MARK = 0xfeff;

/** The part of a line from `from` on, up to `to`. */
export function cutLine(line: Line, from: number, to = line.text.length): Line {
  if (from <= 0 && to >= line.text.length) return line;
  return { text: line.text.slice(from, to), row: line.row, column: line.column + from };
}

/** Splits a source into lines as docutils does and leads every place back to the source. */
export class SourceMap {
  readonly lines: readonly Line[];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #origins = new Map<number, readonly number[]>();
  readonly #skip: number;

  constructor(source: string) {
    this.#skip = source.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    this.#findLines(source);
    const isPlain = !/[\t\v\f]/.test(source);
    this.lines = this.#starts.map((start, row) => {
      const from = start + (row === 0 ? this.#skip : 0);
      const raw = source.slice(from, this.#ends[row]);
      return { text: isPlain ? trimEnd(raw) : this.#expand(raw, row), row, column: 0 };
    });
  }

  #findLines(source: string): void {
    let start = 0;
    if (!OTHER_END.test(source)) {
      for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", start)) {
        this.#starts.push(start);
        this.#ends.push(end);
        start = end + 1;
      }
    } else {
      for (const match of source.matchAll(LINE_END)) {
        this.#starts.push(start);
        this.#ends.push(match.index);
        start = match.index + match[0].length;
      }
    }
    if (start < source.length) {
      this.#starts.push(start);
      this.#ends.push(source.length);
    }
  }

  #expand(raw: string, row: number): string {
    if (!/[\t\v\f]/.test(raw)) return trimEnd(raw);
    const { text, origin } = expandTabs(raw.replace(/[\v\f]/g, " "));
    if (raw.includes("\t")) this.#origins.set(row, origin);
    return trimEnd(text);
  }

  /** The place in the source of an expanded column; past the last line it is the source's end. */
  point(row: number, column: number): Point {
    const last = this.#starts.length - 1;
    if (row > last)
      return last < 0 ? { line: 1, column: 1, offset: 0 } : this.point(last, Infinity);
    const start = this.#starts[row] ?? 0;
    const end = this.#ends[row] ?? start;
    const origin = this.#origins.get(row);
    const inLine = origin === undefined ? column : (origin[column] ?? Infinity);
    const offset = Math.min(start + (row === 0 ? this.#skip : 0) + inLine, end);
    return { line: row + 1, column: offset - start + 1, offset };
  }
}

function expandTabs(raw: string): Expanded {
  let text = "";
  let column = 0;
  const origin: number[] = [];
  for (let index = 0; index < raw.length; index++) {
    const unit = raw.charAt(index);
    const width = unit === "\t" ? TAB_WIDTH - (column % TAB_WIDTH) : 1;
    for (let step = 0; step < width; step++) origin.push(index);
    text += unit === "\t" ? " ".repeat(width) : unit;
    // The second half of a surrogate pair belongs to the column of the first.
    const isSecondHalf = (unit.charCodeAt(0) & 0xfc00) === 0xdc00;
    column += isSecondHalf ? 0 : width;
  }
  origin.push(raw.length);
  return { text, origin };
}
