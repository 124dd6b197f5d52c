import { parseRst } from "../rst/parser.ts";
import { type RstNode, walk } from "../rst/tree.ts";
import { findPaths, findSysctls, type Interfaces, openInterfaces } from "./interfaces.ts";
import { asTag, hashName, type NameSet, openNameSet } from "./name-set.ts";
import { findMembers, openMembers } from "./toctrees.ts";

/** What linting one document must know of all the others, and of the sources. */
export interface TreeIndex {
  /** Label, in lower case, to the documents that define it. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  /** Configuration symbols, without `CONFIG_`. */
  readonly configSymbols: ReadonlySet<string>;
  /** Whether some table of contents has a document: path from the top. */
  readonly isInToctree: (path: string) => boolean;
  readonly interfaces: Interfaces;
  readonly names: NameSet;
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

/** What is kept of the documents in a file. */
export interface IndexData {
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly configSymbols: readonly string[];
  /** See `findMembers`. */
  readonly members: readonly string[];
  /** Documented paths of /sys and /proc. */
  readonly interfaces: readonly string[];
}

/** Documents that tell users what there is; the others only use it. */
const DOCUMENTING = /^Documentation\/(?:ABI\/(?!removed)|admin-guide\/|filesystems\/)/;

/**
 * Makes the index of the documents of a tree.
 *
 * @param sources the files of Documentation, .rst and ABI: path from the top, text
 * @param kconfig lines of Kconfig files that define symbols
 */
export function makeIndexData(
  sources: Iterable<readonly [string, string]>,
  kconfig: Iterable<string>,
): IndexData {
  const labels = new Map<string, string[]>();
  const members = new Set<string>();
  const interfaces = new Set<string>();
  for (const [path, source] of sources) {
    if (DOCUMENTING.test(path)) {
      for (const found of findPaths(source)) interfaces.add(found.path);
      for (const found of findSysctls(path, source)) interfaces.add(found);
    }
    if (!path.endsWith(".rst")) continue;
    const root = parseRst(source, { blocksOnly: true });
    for (const member of findMembers(root, path, source)) members.add(member);
    for (const { name: label } of findLabels(root)) {
      const paths = labels.get(label) ?? [];
      if (!paths.includes(path)) paths.push(path);
      labels.set(label, paths);
    }
  }
  const configSymbols = [...new Set([...kconfig].flatMap(readSymbol))];
  return {
    labels: Object.fromEntries(labels),
    configSymbols,
    members: [...members],
    interfaces: [...interfaces],
  };
}

/** The symbol that a line of Kconfig defines. */
export function readSymbol(line: string): string[] {
  return /^\s*(?:menu)?config\s+([A-Za-z0-9_]+)/.exec(line)?.slice(1, 2) ?? [];
}

/**
 * The index from what was kept of it.
 *
 * @param hashes the names of the sources, see `NameCollector`
 */
export function toTreeIndex(data: IndexData, hashes: Uint32Array): TreeIndex {
  return {
    labels: new Map(Object.entries(data.labels)),
    configSymbols: new Set(data.configSymbols),
    isInToctree: openMembers(data.members),
    interfaces: openInterfaces(data.interfaces),
    names: openNameSet(hashes),
  };
}

/** Hashes of some names, and of tags of structs, unions and enums, for a small index. */
export function hashNames(names: readonly string[], tags: readonly string[]): Uint32Array {
  const hashes = [...names.map(hashName), ...tags.map((tag) => asTag(hashName(tag)))];
  return Uint32Array.from(hashes.map((hash) => hash >>> 0)).sort();
}
