import { element, WARNING } from "../parse-run.ts";
import type { RstNode } from "../tree.ts";
import { removeEscapes, restoreEscapes } from "./escapes.ts";
import type { InlineSource } from "./inline-source.ts";
import { isPair } from "./punctuation.ts";

/** What was made of the text from `from` to `to`; no nodes when it stays plain text. */
export interface Found {
  readonly nodes: readonly RstNode[];
  readonly from: number;
  readonly to: number;
}

/** An end string: `at` is its start, `to` its end in the text. */
export interface EndString {
  readonly match: RegExpExecArray;
  readonly at: number;
  readonly to: number;
}

/** A search through one text, from left to right. */
export class InlineScan {
  readonly source: InlineSource;
  readonly text: string;
  /** Where the text starts that was not looked at yet. */
  from = 0;
  readonly #hopeless = new Set<RegExp>();

  constructor(source: InlineSource) {
    this.source = source;
    this.text = source.escaped;
  }

  /** The first end string behind `from`, when there is something before it. */
  findEnd(pattern: RegExp, from: number): EndString | undefined {
    // Without this a text full of start strings would be searched to its end for each of them.
    if (this.#hopeless.has(pattern)) return undefined;
    const match = pattern.exec(this.text.slice(from));
    if (match === null) {
      this.#hopeless.add(pattern);
      return undefined;
    }
    if (match.index === 0) return undefined;
    return { match, at: from + match.index, to: from + match.index + match[0].length };
  }

  /** Whether the start string stands in quotes, as in `"*"`, or at the end. */
  isQuoted(matchStart: number, matchEnd: number): boolean {
    if (matchStart === this.from) return false;
    if (matchEnd >= this.text.length) return true;
    return isPair(characterBefore(this.text, matchStart), characterAt(this.text, matchEnd));
  }

  /** A node without children; its text is what is read, escapes removed. */
  leaf(type: string, from: number, to: number, value: string): RstNode {
    return element(type, this.source.span(from, to), { value });
  }

  /** A node with one text in it. */
  wrap(type: string, whole: readonly [number, number], inner: readonly [number, number]): RstNode {
    const node = element(type, this.source.span(...whole));
    const value = removeEscapes(this.text.slice(...inner));
    if (value !== "") node.children.push(element("text", this.source.span(...inner), { value }));
    return node;
  }

  /** Reports markup that does not end, or contradicts itself, and keeps it as it is. */
  problem(kind: string, what: string, from: number, to: number): Found {
    const position = this.source.span(from, to);
    this.source.run.report({ level: WARNING, kind, text: what }, position);
    const value = restoreEscapes(this.text.slice(from, to));
    return { nodes: [element("problematic", position, { value })], from, to };
  }
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index) ?? 0);
}

function characterBefore(text: string, index: number): string {
  const isSecondHalf = (text.charCodeAt(index - 1) & 0xfc00) === 0xdc00;
  return characterAt(text, index - (isSecondHalf ? 2 : 1));
}
