import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Position } from "vscode-languageserver/node";
import { openDocFile, visit } from "../../../checks/doc/doc-file.ts";
import { resolveName } from "../../../checks/doc/index/toctrees.ts";
import { findLabels } from "../../../checks/doc/index/tree-index.ts";
import type { RstNode } from "../../../checks/doc/rst/tree.ts";
import type { DocumentState } from "./lint-session.ts";

/** Where the `:ref:` or `:doc:` at a place leads to; null when there is none, or nothing. */
export function findLabelAt(state: DocumentState, position: Position): Location | null {
  const { document, tree, path } = state;
  const offset = document.offsetAt(position);
  const role = roleAt(document.getText(), path, offset);
  if (role === undefined) return null;
  if (role.name === "doc") {
    const from = tree.top === undefined ? path : relative(tree.top, path);
    const target = `${resolveName(from, role.target).replace(/\.rst$/, "")}.rst`;
    const isThere = tree.context.pathExists(target);
    return isThere && tree.top !== undefined ? locationAt(join(tree.top, target), 0) : null;
  }
  const label = role.target.toLowerCase().replace(/\s+/g, " ");
  const own = lineOfLabel(document.getText(), path, label);
  if (own !== undefined) return locationAt(path, own);
  const [first] = tree.context.index?.labels.get(label) ?? [];
  if (first === undefined || tree.top === undefined) return null;
  const file = join(tree.top, first);
  return locationAt(file, lineOfLabel(readFileSync(file, "utf8"), file, label) ?? 0);
}

function roleAt(
  source: string,
  path: string,
  offset: number,
): { readonly name: string; readonly target: string } | undefined {
  let found: { name: string; target: string } | undefined;
  visit(openDocFile({ path, treePath: undefined, source, isChanged: false }).root, (node) => {
    const { name = "", value = "", position } = node as RstNode;
    if (node.type !== "role" || !["ref", "numref", "doc"].includes(name)) return;
    if (offset < position.start.offset || offset > position.end.offset) return;
    found = { name, target: (/<([^<>]+)>$/s.exec(value)?.[1] ?? value).trim() };
  });
  return found;
}

function lineOfLabel(source: string, path: string, label: string): number | undefined {
  const { root } = openDocFile({ path, treePath: undefined, source, isChanged: false });
  const use = findLabels(root as RstNode).find(({ name }) => name === label);
  return use === undefined ? undefined : use.node.position.start.line - 1;
}

function locationAt(path: string, line: number): Location {
  const start = { line, character: 0 };
  return { uri: pathToFileURL(path).href, range: { start, end: start } };
}
