import { type RstNode, walk } from "../../checks/doc/rst/tree.ts";
import type { OracleAnswer } from "./docutils-oracle.ts";

const INLINE: readonly string[] = [
  "emphasis",
  "strong",
  "literal",
  "reference",
  "role",
  "title_reference",
  "target",
  "footnote_reference",
  "citation_reference",
  "substitution_reference",
  "problematic",
];

/** A target that is a block of its own. */
const BLOCK_TARGET = /^(?:\.\.|__)(?:\s|$)/;

/** White space differs: the source has the indent of a nested text, docutils does not. */
const squeeze = (text: string): string => text.replace(/\s+/g, " ");

/** Kind and source of the inline nodes of our tree, in docutils' order. */
export function inlineSources(root: RstNode, text: string): string[] {
  const found: string[] = [];
  walk(root, ({ type, position }) => {
    const source = text.slice(position.start.offset, position.end.offset);
    const isBlockTarget = type === "target" && BLOCK_TARGET.test(source);
    if (INLINE.includes(type) && !isBlockTarget) found.push(`${type} ${squeeze(source)}`);
  });
  return found;
}

/** Kind and source of the inline nodes as docutils has them. */
export function oracleSources(answer: OracleAnswer): string[] {
  if ("error" in answer) return [];
  return answer.nodes
    .filter(([, type, , , , source]) => INLINE.includes(type) && source !== "")
    .filter(([, type, , , , source]) => type !== "target" || !BLOCK_TARGET.test(source))
    .map(([, type, , , , source]) => `${type} ${squeeze(source)}`);
}

/** How many inline nodes there are, and how many have another kind or source than docutils says. */
export function compareInline(
  root: RstNode,
  text: string,
  answer: OracleAnswer,
): { readonly compared: number; readonly different: number } {
  const theirs = oracleSources(answer);
  const left = new Map<string, number>();
  for (const it of inlineSources(root, text)) left.set(it, (left.get(it) ?? 0) + 1);
  let different = 0;
  for (const it of theirs) {
    const count = left.get(it) ?? 0;
    if (count === 0) different++;
    else left.set(it, count - 1);
  }
  return { compared: theirs.length, different };
}
