import type { Block, Indented, IndentRequest } from "./lines/block.ts";
import type { Line } from "./lines/source-map.ts";
import { isBlank } from "./lines/white-space.ts";
import type { ParseRun } from "./parse-run.ts";
import type { RstNode } from "./tree.ts";

/** What a machine expects of the next line. */
export type StateName =
  | "Body"
  | "BulletList"
  | "DefinitionList"
  | "EnumeratedList"
  | "FieldList"
  | "OptionList"
  | "LineBlock"
  | "Explicit"
  | "Text"
  | "Definition"
  | "Line"
  | "SubstitutionDef"
  | "QuotedLiteralBlock";

/** Look at the same line again, as text. */
export const RETRY_AS_TEXT = "retry-as-text";
/** Look at the same line again, as the first line of a text in the body. */
export const RESTART_AS_TEXT = "restart-as-text";
/** The machine is done before its lines are. */
export const STOP = "stop";

/** What a line leads to. */
export type Outcome = StateName | typeof RETRY_AS_TEXT | typeof RESTART_AS_TEXT | typeof STOP;

/** How lists of numbers are written. */
export interface EnumeratorFormat {
  readonly name: "parens" | "rparen" | "period";
  readonly prefix: string;
  readonly suffix: string;
}

/** What a list that goes on knows of its last item. */
export interface Enumeration {
  lastOrdinal: number;
  readonly format: EnumeratorFormat;
  auto: boolean;
}

const NO_LINE: Line = { text: "", row: 0, column: 0 };

/** A cursor over the lines of one block, and the node that gets what is found there. */
export class Machine {
  readonly run: ParseRun;
  readonly lines: Block;
  readonly node: RstNode;
  /** Whether sections may start here. */
  readonly matchTitles: boolean;
  /** Index of the current line; -1 before the first, the number of lines after the last. */
  offset = -1;
  /** Lines that were seen and wait for the next one. */
  context: Line[] = [];
  /** Whether what was parsed last ended with a blank line. */
  blankFinish = true;
  enumeration: Enumeration | undefined;
  /** False while a section is parsed, so that its end is not taken for a transition. */
  endIsTransition = true;
  /** Stands for the current line when there are no lines at all. */
  noLine: Line = NO_LINE;
  /** Of a quoted literal block: its quote, once seen. */
  quote: string | undefined;

  constructor(run: ParseRun, lines: Block, node: RstNode, matchTitles: boolean) {
    this.run = run;
    this.lines = lines;
    this.node = node;
    this.matchTitles = matchTitles;
  }

  /** The current line; an empty one when there is none. */
  get line(): Line {
    return this.lines.at(this.offset) ?? this.#endLine();
  }

  #endLine(): Line {
    const last = this.lines.at(this.lines.length - 1);
    return last === undefined ? this.noLine : { text: "", row: last.row + 1, column: 0 };
  }

  get text(): string {
    return this.lines.text(this.offset);
  }

  /** Goes on by `count` lines; false when that is past the end. */
  next(count = 1): boolean {
    this.offset += count;
    return this.offset < this.lines.length;
  }

  previous(count = 1): void {
    this.offset -= count;
  }

  isNextLineBlank(): boolean {
    return isBlank(this.lines.text(this.offset + 1));
  }

  atEnd(): boolean {
    return this.offset >= this.lines.length - 1;
  }

  /** The lines from the current one on. */
  rest(skip = 0): Block {
    return this.lines.slice(this.offset + skip);
  }

  /**
   * The lines up to the next blank one; the cursor is then on the last of them. With `flushLeft`
   * an indented line ends them too and is given as `indentedLine`.
   */
  textBlock(flushLeft: boolean): { block: Block; indentedLine: Line | undefined } {
    const start = this.offset;
    const end = this.lines.endOfText(start);
    let index = start;
    while (index < end && !(flushLeft && this.lines.text(index).startsWith(" "))) index++;
    const block = this.lines.slice(start, index);
    this.next(block.length - 1);
    return { block, indentedLine: index < end ? this.lines.at(index) : undefined };
  }

  /** Takes indented lines; the cursor is then on the last of them. */
  indented(request: IndentRequest & { readonly keepTop?: boolean } = {}): Indented {
    const taken = this.lines.indented(this.offset, request);
    if (taken.block.length > 0) this.next(taken.block.length - 1);
    return request.keepTop === true ? taken : { ...taken, block: taken.block.withoutBlankTop() };
  }

  append(...nodes: readonly RstNode[]): void {
    this.node.children.push(...nodes);
  }
}
