import { parseInline } from "../inline/parse-inline.ts";
import { Block } from "../lines/block.ts";
import type { Line } from "../lines/source-map.ts";
import { trimEnd } from "../lines/white-space.ts";
import type { Machine } from "../machine.ts";
import { element } from "../parse-run.ts";

/** Two colons at the end, not escaped. */
const LITERAL_MARK = /(?<!\\)(?:\\\\)*::$/;

/**
 * Appends a paragraph, but none when there is only `::`.
 *
 * @returns whether a literal block is to follow
 */
export function appendParagraph(machine: Machine, lines: readonly Line[]): boolean {
  const { run } = machine;
  const data = trimEnd(lines.map((line) => line.text).join("\n"));
  const literalNext = LITERAL_MARK.test(data);
  let text = data;
  if (literalNext) {
    if (data.length === 2) return true;
    const before = data.charAt(data.length - 3);
    text = before === " " || before === "\n" ? trimEnd(data.slice(0, -3)) : data.slice(0, -1);
  }
  const position = run.blockSpan(new Block(lines));
  if (position === undefined) return literalNext;
  const children = run.blocksOnly ? [] : parseInline(run, lines, text.length).nodes;
  machine.append(element("paragraph", position, { children }));
  return literalNext;
}
