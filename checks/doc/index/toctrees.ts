import { posix } from "node:path";
import { type RstNode, walk } from "../rst/tree.ts";

/** An entry of a table of contents, as it is written, with where. */
export interface TocEntry {
  /** What stands for the document: without its title. */
  readonly name: string;
  readonly offset: number;
}

/** The `toctree` directives of a document. */
export function findToctrees(root: RstNode): RstNode[] {
  const trees: RstNode[] = [];
  walk(root, (node) => {
    if (node.type === "directive" && node.name === "toctree") trees.push(node);
  });
  return trees;
}

/** The entries of a `toctree` directive. */
export function entriesOf(tree: RstNode, source: string): TocEntry[] {
  if (tree.content === undefined) return [];
  const { start, end } = tree.content;
  return [...source.slice(start.offset, end.offset).matchAll(/[^\s].*/g)].map((match) => {
    const entry = match[0].trimEnd();
    const name = /<([^<>]+)>$/.exec(entry)?.[1] ?? entry;
    return { name, offset: start.offset + match.index };
  });
}

/** A path that a document names, from the top of the tree; `/x` is below Documentation. */
export function resolveName(document: string, name: string): string {
  return name.startsWith("/")
    ? posix.join("Documentation", name)
    : posix.join(posix.dirname(document), name);
}

/**
 * What a document takes into a table of contents or includes, as paths from the top; a path with
 * `*` or `?` is a pattern of Sphinx's `:glob:`.
 */
export function findMembers(root: RstNode, path: string, source: string): string[] {
  const members = findToctrees(root).flatMap((tree) =>
    entriesOf(tree, source).map(({ name }) => {
      return `${resolveName(path, name).replace(/\.rst$/, "")}.rst`;
    }),
  );
  walk(root, (node) => {
    const file = node.arguments?.[0];
    if (node.type !== "directive" || node.name !== "include" || file === undefined) return;
    members.push(resolveName(path, file));
  });
  return members;
}

/** Tells whether a document is a member of some table of contents. */
export function openMembers(members: Iterable<string>): (path: string) => boolean {
  const plain = new Set<string>();
  const patterns: RegExp[] = [];
  for (const member of members) {
    if (/[*?[]/.test(member)) patterns.push(toPattern(member));
    else plain.add(member);
  }
  return (path) => plain.has(path) || patterns.some((pattern) => pattern.test(path));
}

/** As Sphinx's patfilter: `*` and `?` do not cross a slash, `**` does. */
function toPattern(glob: string): RegExp {
  const text = glob.replace(/\*\*|[*?]|[.+^${}()|\\]/g, (part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  return new RegExp(`^${text}$`);
}
