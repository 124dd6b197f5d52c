import { parseInline } from "../inline/parse-inline.ts";
import type { Block } from "../lines/block.ts";
import { isBlank, leadingSpace, trimEnd } from "../lines/white-space.ts";
import type { Machine, Outcome } from "../machine.ts";
import { element } from "../parse-run.ts";
import { parseNested } from "../run-machine.ts";
import type { RstNode } from "../tree.ts";
import { warnUnindent } from "./unindent.ts";

const DASH = /^(?:---?(?!-)|\u2014) *(?=[^ \n])/;

interface Split {
  readonly content: Block;
  readonly attribution?: Block;
  readonly rest?: Block;
}

/** An indented block: one block quote, or several when attributions divide it. */
export function blockQuotes(machine: Machine): Outcome {
  const { block, blankFinish } = machine.indented();
  appendBlockQuotes(machine, block);
  if (!blankFinish) warnUnindent(machine, "block quote");
  return "Body";
}

/** Parses an indented block as block quotes. */
export function appendBlockQuotes(machine: Machine, block: Block): void {
  const { run } = machine;
  const quotes: RstNode[] = [];
  let left: Block | undefined = block;
  while (left !== undefined && left.length > 0) {
    const { content, attribution, rest } = splitAttribution(left);
    const position = run.blockSpan(content) ?? run.lineSpan(machine.line);
    const quote = element("block_quote", position);
    parseNested(machine, content, quote);
    quotes.push(quote);
    const span = attribution === undefined ? undefined : run.blockSpan(attribution);
    if (attribution !== undefined && span !== undefined) {
      const children = parseInline(run, attribution.toArray()).nodes;
      quote.children.push(element("attribution", span, { children }));
    }
    left = rest?.withoutBlankTop();
  }
  machine.append(...quotes);
}

function splitAttribution(block: Block): Split {
  let lastBlank: number | undefined;
  let seenText = false;
  for (let index = 0; index < block.length; index++) {
    const text = trimEnd(block.text(index));
    if (text === "") {
      lastBlank = index;
      continue;
    }
    const dash = seenText && lastBlank === index - 1 ? DASH.exec(text) : null;
    const shape = dash === null ? undefined : attributionShape(block, index);
    if (dash !== null && shape !== undefined) {
      const attribution = block
        .slice(index, shape.end)
        .trimLeft(dash[0].length, 0, 1)
        .trimLeft(shape.indent, 1);
      return { content: block.slice(0, index), attribution, rest: block.slice(shape.end) };
    }
    seenText = true;
  }
  return { content: block };
}

/** Where an attribution ends; undefined when its lines are not indented alike. */
function attributionShape(
  block: Block,
  start: number,
): { end: number; indent: number } | undefined {
  let indent: number | undefined;
  let end = start + 1;
  for (; end < block.length && !isBlank(block.text(end)); end++) {
    const space = leadingSpace(block.text(end));
    if (indent !== undefined && space !== indent) return undefined;
    indent = space;
  }
  return { end, indent: indent ?? 0 };
}
