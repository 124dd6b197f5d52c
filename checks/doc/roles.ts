import { type DocFile, visitTypes } from "./doc-file.ts";
import type { RstNode } from "./rst/tree.ts";

/** A role in a document. */
export interface RoleUse {
  /** What it refers to: the part in angle brackets, else all of its text. */
  readonly target: string;
  readonly offset: number;
}

/** The uses of some roles. */
export function findRoles(file: DocFile, names: readonly string[]): RoleUse[] {
  const found: RoleUse[] = [];
  visitTypes(file, ["role"], (node) => {
    const { name = "", value = "", position } = node as RstNode;
    if (node.type !== "role" || !names.includes(name)) return;
    const target = /<([^<>]+)>$/s.exec(value)?.[1] ?? value;
    found.push({ target: target.trim(), offset: position.start.offset });
  });
  return found;
}
