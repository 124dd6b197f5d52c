import type { Line } from "../lines/source-map.ts";
import type { ParseRun } from "../parse-run.ts";
import type { Position } from "../tree.ts";
import { hideEscapes } from "./escapes.ts";

/** The text of some lines, joined, and the way back from an index to the source. */
export class InlineSource {
  readonly run: ParseRun;
  /** With every escape hidden; as long as what was written. */
  readonly escaped: string;
  readonly #lines: readonly Line[];
  readonly #starts: number[] = [];

  /** @param length how much of the joined text counts */
  constructor(run: ParseRun, lines: readonly Line[], length = Number.POSITIVE_INFINITY) {
    this.run = run;
    this.#lines = lines;
    let start = 0;
    for (const line of lines) {
      this.#starts.push(start);
      start += line.text.length + 1;
    }
    const joined = lines.length === 1 ? (lines[0]?.text ?? "") : joinTexts(lines);
    this.escaped = hideEscapes(joined.slice(0, length));
  }

  #pointAt(index: number): Position["start"] {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    const line = this.#lines[low] ?? { text: "", row: 0, column: 0 };
    return this.run.pointAt(line, index - (this.#starts[low] ?? 0));
  }

  /** The place of the characters from `from` up to `to`. */
  span(from: number, to: number): Position {
    return { start: this.#pointAt(from), end: this.#pointAt(to) };
  }
}

function joinTexts(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join("\n");
}
