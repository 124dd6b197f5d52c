import { type DocFile, type DocNode, visit } from "./doc-file.ts";
import { rememberLast } from "./remember-last.ts";

/** Stands for a character of inline markup that is not running text. */
export const NOT_PROSE = "\ufffc";

/** A paragraph of running text. */
export interface Prose {
  /** Offset of its first character. */
  readonly start: number;
  /**
   * The source from there on, as long as the source; code, roles, links and other inline markup are
   * replaced, so that every index is an offset.
   */
  readonly text: string;
  readonly inTable: boolean;
}

const PARAGRAPHS: readonly string[] = ["paragraph", "title", "term", "heading"];
const TABLES: readonly string[] = ["entry", "tableCell"];
/** Inline nodes that are read as part of the sentence. */
const READ_THROUGH: readonly string[] = ["text", "emphasis", "strong"];

/** Every paragraph, title and term of a document. */
export const findProse: (file: DocFile) => readonly Prose[] = rememberLast(collectProse);

function collectProse(file: DocFile): Prose[] {
  const found: Prose[] = [];
  visit(file.root, (node, parents) => {
    if (!PARAGRAPHS.includes(node.type) || node.position === undefined) return;
    const { start, end } = node.position;
    let text = "";
    let at = start.offset;
    for (const { from, to } of (node.children ?? []).flatMap(markupOf)) {
      if (from < at) continue;
      text += file.source.slice(at, from) + blank(file.source.slice(from, to));
      at = to;
    }
    text += file.source.slice(at, end.offset);
    const inTable = parents.some((parent) => TABLES.includes(parent.type));
    found.push({ start: start.offset, text, inTable });
  });
  return found;
}

/** The parts of a node that are not running text. */
function markupOf(node: DocNode): { from: number; to: number }[] {
  if (READ_THROUGH.includes(node.type)) return (node.children ?? []).flatMap(markupOf);
  if (node.position === undefined) return [];
  return [{ from: node.position.start.offset, to: node.position.end.offset }];
}

function blank(text: string): string {
  return text.replace(/\S/g, NOT_PROSE);
}
