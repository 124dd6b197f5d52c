import { createRequire } from "node:module";
import { rememberLast } from "./remember-last.ts";
import { parseRst } from "./rst/parser.ts";
import type { Point, RstMessage } from "./rst/tree.ts";

/** What every node of both trees has; rules that know one kind of tree look closer. */
export interface DocNode {
  readonly type: string;
  readonly position?: { readonly start: Point; readonly end: Point } | undefined;
  readonly children?: readonly DocNode[] | undefined;
  readonly value?: string | undefined;
}

/** A document that is linted. */
export interface DocFile {
  /** As the user named it. */
  readonly path: string;
  /** Relative to the top of the kernel tree, when it is in one. */
  readonly treePath: string | undefined;
  readonly kind: "rst" | "md";
  readonly source: string;
  /** Whether the file is new or changed. */
  readonly isChanged: boolean;
  /** Whether it was there before the series that changes it; unknown unless there is one. */
  readonly isOld?: boolean;
  readonly root: DocNode;
  /** What the parser reported; Markdown has no errors. */
  readonly messages: readonly RstMessage[];
  /** Offset of the start of each line; lines end at CR LF, LF or CR. */
  readonly lineStarts: readonly number[];
}

/** A document before it is parsed. */
export type DocInput = Pick<DocFile, "path" | "treePath" | "source" | "isChanged" | "isOld">;

/** The kind of a document by its name; undefined for what is not linted. */
export function kindOf(path: string): DocFile["kind"] | undefined {
  if (path.endsWith(".rst")) return "rst";
  return path.endsWith(".md") ? "md" : undefined;
}

/** Parses a document. Anything that is not named `.md` is reStructuredText. */
export function openDocFile(input: DocInput): DocFile {
  const { source } = input;
  const lineStarts = findLineStarts(source);
  if (kindOf(input.path) === "md") {
    return { ...input, kind: "md", root: parseMarkdown(source), messages: [], lineStarts };
  }
  const root = parseRst(source);
  return { ...input, kind: "rst", root, messages: root.messages, lineStarts };
}

function findLineStarts(source: string): number[] {
  const starts = [0];
  if (source.includes("\r")) {
    for (const { index, 0: end } of source.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
    return starts;
  }
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/**
 * Problem: remark's hundred files take longer to load than most documents to lint, and
 * reStructuredText needs none of them; so they are loaded with the first Markdown. And unist says
 * that a point may lack its offset; remark's points never do.
 */
function parseMarkdown(source: string): DocNode {
  const load = createRequire(import.meta.url);
  const { unified } = load("unified") as typeof import("unified");
  const { default: remarkParse } = load("remark-parse") as typeof import("remark-parse");
  return unified().use(remarkParse).parse(source) as unknown as DocNode;
}

/** The 1-based line and column of an offset. */
export function placeOf(file: DocFile, offset: number): { line: number; column: number } {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}

/** A line of the source, with neither its end nor anything changed. */
export interface SourceLine {
  /** 1-based. */
  readonly number: number;
  readonly start: number;
  readonly text: string;
}

/** The lines of the source; the empty one behind a last line end is left out. */
export function sourceLines(file: DocFile): SourceLine[] {
  return file.lineStarts.flatMap((start, index) => {
    if (start >= file.source.length) return [];
    const text = file.source.slice(start, file.lineStarts[index + 1]).replace(/[\r\n]+$/, "");
    return [{ number: index + 1, start, text }];
  });
}

/** Calls `see` for every node, parents first. */
export function visit(
  node: DocNode,
  see: (node: DocNode, parents: readonly DocNode[]) => void,
  parents: DocNode[] = [],
): void {
  see(node, parents);
  parents.push(node);
  for (const child of node.children ?? []) visit(child, see, parents);
  parents.pop();
}

/** Calls `see` for every node of some types; the document is walked once for all rules. */
export function visitTypes(
  file: DocFile,
  types: readonly string[],
  see: (node: DocNode) => void,
): void {
  const known = nodesByType(file);
  for (const type of types) for (const node of known.get(type) ?? []) see(node);
}

const nodesByType = rememberLast((file): ReadonlyMap<string, readonly DocNode[]> => {
  const nodes = new Map<string, DocNode[]>();
  visit(file.root, (node) => {
    const same = nodes.get(node.type);
    if (same === undefined) nodes.set(node.type, [node]);
    else same.push(node);
  });
  return nodes;
});
