import { parseRst } from "../../checks/doc/rst/parser.ts";
import type { RstNode } from "../../checks/doc/rst/tree.ts";
import type { OracleAnswer } from "./docutils-oracle.ts";

/** One node of a flattened tree: depth, type, name, text. */
type Row = readonly [number, string, string, string];

/** Our tree in docutils' form. */
export function flattenRst(node: RstNode, depth = 0, rows: Row[] = []): Row[] {
  for (const child of node.children) {
    if (child.type === "text") {
      rows.push([depth, "#text", "", child.value ?? ""]);
      continue;
    }
    const isNamed = child.type === "directive" || child.type === "role";
    rows.push([depth, child.type, isNamed ? (child.name ?? "") : "", ""]);
    if (child.value !== undefined && child.value !== "") {
      rows.push([depth + 1, "#text", "", child.value]);
    }
    flattenRst(child, depth + 1, rows);
  }
  return rows;
}

/** Where our tree differs from docutils' first; undefined when it is the same. */
export function firstDifference(source: string, answer: OracleAnswer): string | undefined {
  if ("error" in answer) return `docutils: ${answer.error}`;
  // An escaped space is a text of nothing, and docutils leaves one where a classifier follows.
  const hasText = ([, type, , text]: Row): boolean => type !== "#text" || text !== "";
  const toLine = (row: Row): string => JSON.stringify(row);
  const ours = flattenRst(parseRst(source)).filter(hasText).map(toLine);
  const theirs = answer.nodes
    .map(([depth, type, name, , text]): Row => [depth, type, name, text])
    .filter(hasText)
    .map(toLine);
  const at = theirs.findIndex((row, index) => row !== ours[index]);
  const index = at < 0 && ours.length > theirs.length ? theirs.length : at;
  if (index < 0) return undefined;
  return `node ${index}\n  ours     ${ours[index]}\n  docutils ${theirs[index]}`;
}
