import { type DocFile, type DocNode, visit } from "./doc-file.ts";
import { rememberLast } from "./remember-last.ts";

/** A part of a document with a title. */
export interface Section {
  readonly title: string;
  /** 1 for the title of the document. */
  readonly depth: number;
  /** Offset of the title. */
  readonly start: number;
  /** Offset behind the title, and behind all of the section. */
  readonly bodyStart: number;
  readonly end: number;
}

/** The sections of a document, outer ones first. */
export const findSections: (file: DocFile) => readonly Section[] = rememberLast((file) =>
  file.kind === "md" ? ofMarkdown(file) : ofRst(file),
);

/** The innermost section that an offset is in. */
export function sectionAt(file: DocFile, offset: number): Section | undefined {
  return findSections(file)
    .filter(({ start, end }) => start <= offset && offset < end)
    .at(-1);
}

function ofRst(file: DocFile): Section[] {
  const found: Section[] = [];
  visit(file.root, (node, parents) => {
    if (node.type !== "section" || node.position === undefined) return;
    const [title] = node.children ?? [];
    if (title?.type !== "title" || title.position === undefined) return;
    const depth = parents.filter((parent) => parent.type === "section").length + 1;
    const { start } = title.position;
    const { end } = node.position;
    const bodyStart = title.position.end.offset;
    const place = { start: start.offset, bodyStart, end: end.offset };
    found.push({ title: readText(title), depth, ...place });
  });
  return found;
}

function ofMarkdown(file: DocFile): Section[] {
  const headings = (file.root.children ?? []).filter((node) => node.type === "heading");
  return headings.map((node, at) => {
    const depth = depthOf(node);
    const next = headings.slice(at + 1).find((other) => depthOf(other) <= depth);
    return {
      title: readText(node),
      depth,
      start: node.position?.start.offset ?? 0,
      bodyStart: node.position?.end.offset ?? 0,
      end: next?.position?.start.offset ?? file.source.length,
    };
  });
}

/** The level of a heading of Markdown. */
export function depthOf(node: DocNode): number {
  return (node as DocNode & { readonly depth?: number }).depth ?? 1;
}

/** The text of a node, as a reader sees it. */
export function readText(node: DocNode): string {
  return node.value ?? (node.children ?? []).map(readText).join("");
}
