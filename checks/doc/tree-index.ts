import { parseRst } from "./rst/parser.ts";
import { type RstNode, walk } from "./rst/tree.ts";

/** What linting one document must know of all the others. */
export interface TreeIndex {
  /** Label, in lower case, to the documents that define it. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Documents of Documentation/, without `.rst`, relative to it. */
  readonly documents: ReadonlySet<string>;
  /** Configuration symbols, without `CONFIG_`. */
  readonly configSymbols: ReadonlySet<string>;
}

/** A label that a document defines, with its node. */
export interface LabelUse {
  readonly name: string;
  readonly node: RstNode;
}

/** The labels that a parsed document defines: targets that stand before a block. */
export function findLabels(root: RstNode): LabelUse[] {
  const labels: LabelUse[] = [];
  walk(root, (node, parents) => {
    const isInline = parents.some((parent) => parent.type === "paragraph");
    if (node.type !== "target" || node.name === undefined || isInline) return;
    labels.push({ name: node.name, node });
  });
  return labels;
}

/** A place for what is kept in a file. */
export interface IndexData {
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly documents: readonly string[];
  readonly configSymbols: readonly string[];
}

const PREFIX = "Documentation/";

/**
 * Makes the index of a tree.
 *
 * @param sources the .rst files below Documentation: path from the top, text
 * @param kconfig lines of Kconfig files that define symbols
 */
export function makeIndexData(
  sources: Iterable<readonly [string, string]>,
  kconfig: Iterable<string>,
): IndexData {
  const labels = new Map<string, string[]>();
  const documents: string[] = [];
  for (const [path, source] of sources) {
    documents.push(path.slice(PREFIX.length).replace(/\.rst$/, ""));
    for (const { name: label } of findLabels(parseRst(source))) {
      const paths = labels.get(label) ?? [];
      if (!paths.includes(path)) paths.push(path);
      labels.set(label, paths);
    }
  }
  const symbols = new Set<string>();
  for (const line of kconfig) {
    const name = /^\s*(?:menu)?config\s+([A-Za-z0-9_]+)/.exec(line)?.[1];
    if (name !== undefined) symbols.add(name);
  }
  return { labels: Object.fromEntries(labels), documents, configSymbols: [...symbols] };
}

/** The index from what was kept of it. */
export function toTreeIndex(data: IndexData): TreeIndex {
  return {
    labels: new Map(Object.entries(data.labels)),
    documents: new Set(data.documents),
    configSymbols: new Set(data.configSymbols),
  };
}
