import { cutLine, type Line } from "./source-map.ts";
import { isBlank, leadingSpace } from "./white-space.ts";

/** What a block of indented lines is taken with. */
export interface IndentRequest {
  /** Indent of every line, when it is known. */
  readonly blockIndent?: number;
  /** Indent of the first line alone, when only that is known. */
  readonly firstIndent?: number;
  /** Stop at the first blank line. */
  readonly untilBlank?: boolean;
  /** Keep the indent of all lines but the first. */
  readonly keepIndent?: boolean;
}

/** A block of indented lines, without the indent. */
export interface Indented {
  readonly block: Block;
  readonly indent: number;
  /** Whether a blank line or the end of the lines follows. */
  readonly blankFinish: boolean;
}

/** Some consecutive lines; never changed, a part shares its lines with the whole. */
export class Block {
  readonly #lines: readonly Line[];
  readonly #from: number;
  readonly #to: number;

  constructor(lines: readonly Line[], from = 0, to = lines.length) {
    this.#lines = lines;
    this.#from = from;
    this.#to = Math.max(from, to);
  }

  get length(): number {
    return this.#to - this.#from;
  }

  at(index: number): Line | undefined {
    return index < 0 || index >= this.length ? undefined : this.#lines[this.#from + index];
  }

  /** The text of a line, empty when there is none. */
  text(index: number): string {
    return this.at(index)?.text ?? "";
  }

  slice(from: number, to = this.length): Block {
    const end = Math.min(this.#from + to, this.#to);
    return new Block(this.#lines, Math.min(this.#from + Math.max(from, 0), this.#to), end);
  }

  toArray(): Line[] {
    return this.#lines.slice(this.#from, this.#to);
  }

  /** The texts, one a line. */
  join(): string {
    return this.toArray()
      .map((line) => line.text)
      .join("\n");
  }

  /** Removes characters from the start of the lines `from` to `to`, whatever they are. */
  trimLeft(count: number, from = 0, to = this.length): Block {
    if (count <= 0) return this;
    const cut = this.toArray().map((line, index) =>
      index >= from && index < to ? cutLine(line, Math.min(count, line.text.length)) : line,
    );
    return new Block(cut);
  }

  /** The block without blank lines at its start. */
  withoutBlankTop(): Block {
    let top = 0;
    while (top < this.length && isBlank(this.text(top))) top++;
    return this.slice(top);
  }

  /** The block without blank lines at its end. */
  withoutBlankBottom(): Block {
    let end = this.length;
    while (end > 0 && isBlank(this.text(end - 1))) end--;
    return this.slice(0, end);
  }

  /** Index of the first blank line from `start` on, or the length. */
  endOfText(start: number): number {
    let end = start;
    while (end < this.length && !isBlank(this.text(end))) end++;
    return end;
  }

  /**
   * Takes the indented lines from `start` on. The least indent of all of them is removed; with a
   * known indent, a line that is indented less ends the block.
   */
  indented(start: number, request: IndentRequest = {}): Indented {
    const { blockIndent } = request;
    const firstIndent = request.firstIndent ?? blockIndent;
    let indent = blockIndent;
    let end = start + (firstIndent === undefined ? 0 : 1);
    let blankFinish = true;
    for (; end < this.length; end++) {
      const text = this.text(end);
      if (text !== "" && (text[0] !== " " || !isIndentedBy(text, blockIndent))) {
        blankFinish = end > start && isBlank(this.text(end - 1));
        break;
      }
      const space = leadingSpace(text);
      if (space === text.length) {
        if (request.untilBlank === true) break;
      } else if (blockIndent === undefined) {
        indent = indent === undefined ? space : Math.min(indent, space);
      }
    }
    let block = this.slice(start, end);
    if (firstIndent !== undefined) block = block.trimLeft(firstIndent, 0, 1);
    if (indent !== undefined && request.keepIndent !== true) {
      block = block.trimLeft(indent, firstIndent === undefined ? 0 : 1);
    }
    return { block, indent: indent ?? 0, blankFinish };
  }
}

function isIndentedBy(text: string, indent: number | undefined): boolean {
  return indent === undefined || isBlank(text.slice(0, indent));
}
