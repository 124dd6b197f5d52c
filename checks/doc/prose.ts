import { type DocFile, type DocNode, visit } from "./doc-file.ts";

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
export function findProse(file: DocFile): Prose[] {
  const found: Prose[] = [];
  visit(file.root, (node, parents) => {
    if (!PARAGRAPHS.includes(node.type) || node.position === undefined) return;
    const { start, end } = node.position;
    const characters = file.source.slice(start.offset, end.offset).split("");
    for (const child of node.children ?? []) blank(child, start.offset, characters);
    found.push({
      start: start.offset,
      text: characters.join(""),
      inTable: parents.some((parent) => TABLES.includes(parent.type)),
    });
  });
  return found;
}

function blank(node: DocNode, start: number, characters: string[]): void {
  if (READ_THROUGH.includes(node.type)) {
    for (const child of node.children ?? []) blank(child, start, characters);
    return;
  }
  if (node.position === undefined) return;
  const from = node.position.start.offset - start;
  for (let at = from; at < node.position.end.offset - start; at++) {
    if (!/\s/.test(characters[at] ?? "")) characters[at] = NOT_PROSE;
  }
}
