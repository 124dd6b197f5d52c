import { parseRst } from "../rst/parser.ts";
import { findPaths, findSysctls, openInterfaces } from "./interfaces.ts";
import { NameCollector, openNameSet } from "./name-set.ts";
import { NameScanner } from "./scan-names.ts";
import { findMembers, openMembers } from "./toctrees.ts";
import { findLabels, readSymbol, type TreeIndex } from "./tree-index.ts";

/** A file that a series adds, changes or removes. */
export interface FileChange {
  readonly path: string;
  /** Undefined for a file that is added. */
  readonly before?: string;
  /** Undefined for a file that is removed. */
  readonly after?: string;
}

/** A line that begins a function, a macro, or a type. */
const DEFINITION = new RegExp(
  "^(?:[A-Za-z_][\\w\\s*]*?\\b)?(\\w+)\\([^;{]*$|^#define\\s+(\\w+)|" +
    "^\\s*(?:struct|union|enum)\\s+(\\w+)\\s*\\{",
  "gm",
);
const CODE = /\.[chS]$/;

/** The index of a tree with what a series adds to it and takes away. */
export function withChanges(index: TreeIndex, changes: readonly FileChange[]): TreeIndex {
  const documents = changes.filter(({ path }) => path.endsWith(".rst"));
  const code = changes.filter(({ path }) => CODE.test(path));
  const kconfig = changes.filter(({ path }) => /(?:^|\/)Kconfig/.test(path));
  const symbols = (text = ""): string[] => text.split("\n").flatMap(readSymbol);
  const kept = new Set(index.configSymbols);
  for (const { before } of kconfig) for (const name of symbols(before)) kept.delete(name);
  for (const { after } of kconfig) for (const name of symbols(after)) kept.add(name);
  const isMember = openMembers(
    documents.flatMap(({ path, after }) =>
      after === undefined ? [] : findMembers(parseRst(after, { blocksOnly: true }), path, after),
    ),
  );
  const own = openInterfaces(
    changes.flatMap(({ path, after = "" }) => {
      if (!/^Documentation\/(?:ABI|admin-guide|filesystems)\//.test(path)) return [];
      return [...findPaths(after).map((found) => found.path), ...findSysctls(path, after)];
    }),
    { strict: true },
  );
  return {
    labels: labelsWith(index.labels, documents),
    configSymbols: kept,
    isInToctree: (path) => isMember(path) || index.isInToctree(path),
    interfaces: {
      isDocumented: (path) => own.isDocumented(path) || index.interfaces.isDocumented(path),
    },
    names: namesWith(index.names, code),
  };
}

function labelsWith(labels: TreeIndex["labels"], documents: readonly FileChange[]) {
  const result = new Map(labels);
  const changed = new Set(documents.map(({ path }) => path));
  for (const [label, paths] of labels) {
    if (!paths.some((path) => changed.has(path))) continue;
    const others = paths.filter((path) => !changed.has(path));
    if (others.length === 0) result.delete(label);
    else result.set(label, others);
  }
  for (const { path, after = "" } of documents) {
    for (const { name } of findLabels(parseRst(after, { blocksOnly: true }))) {
      result.set(name, [...new Set([...(result.get(name) ?? []), path])]);
    }
  }
  return result;
}

/** What the series no longer defines is gone, unless it still names it elsewhere. */
function namesWith(names: TreeIndex["names"], code: readonly FileChange[]): TreeIndex["names"] {
  const collector = new NameCollector();
  const scanner = new NameScanner(collector, new Map());
  for (const { after = "" } of code) scanner.scan(new TextEncoder().encode(after));
  const added = openNameSet(collector.freeze());
  const removed = new Set<string>();
  for (const { before = "" } of code) {
    for (const match of before.matchAll(DEFINITION)) {
      const name = match[1] ?? match[2] ?? match[3] ?? "";
      if (!added.has(name)) removed.add(name);
    }
  }
  return {
    has: (name) => added.has(name) || (names.has(name) && !removed.has(name)),
    hasTag: (name) => added.hasTag(name) || (names.hasTag(name) && !removed.has(name)),
  };
}
