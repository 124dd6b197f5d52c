import { type DocFile, visit } from "./doc-file.ts";
import { rememberLast } from "./remember-last.ts";

/** A part of a document that may name something of the tree. */
export interface Mention {
  /** As it stands in the source. */
  readonly text: string;
  readonly offset: number;
}

const NAMING: readonly string[] = ["text", "literal", "inlineCode"];
/** Elements whose text is looked into by other rules, or names nothing. */
const PASSED_OVER: readonly string[] = ["reference", "link", "role", "target"];

/**
 * Running text and inline literals with their places; found once for all rules.
 *
 * @param marks only what has one of these: most documents have none, and need not be searched
 */
export function findMentions(file: DocFile, marks: readonly string[]): readonly Mention[] {
  if (!marks.some((mark) => file.source.includes(mark))) return [];
  return allMentions(file).filter(({ text }) => marks.some((mark) => text.includes(mark)));
}

const allMentions = rememberLast((file) => {
  const found: Mention[] = [];
  visit(file.root, (node, parents) => {
    if (!NAMING.includes(node.type) || node.position === undefined) return;
    if (parents.some((parent) => PASSED_OVER.includes(parent.type))) return;
    const { start, end } = node.position;
    found.push({ text: file.source.slice(start.offset, end.offset), offset: start.offset });
  });
  return found;
});
