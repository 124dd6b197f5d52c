import { type DocFile, visitTypes } from "./doc-file.ts";

const BLOCKS: readonly string[] = ["literal_block", "doctest_block"];

/** Names in the code that a document shows: an example of its own speaks of these. */
export function findOwnNames(file: DocFile): ReadonlySet<string> {
  const names = new Set<string>();
  visitTypes(file, ["literal_block", "doctest_block", "directive"], (node) => {
    const isCode = BLOCKS.includes(node.type) || (node.type === "directive" && node.value);
    if (!isCode || node.value === undefined) return;
    for (const [name] of node.value.matchAll(/[A-Za-z_]\w+/g)) names.add(name);
  });
  return names;
}
