import { type DocFile, visitTypes } from "./doc-file.ts";

const BLOCKS: readonly string[] = ["literal_block", "doctest_block"];

const KNOWN = new WeakMap<DocFile, ReadonlySet<string>>();

/**
 * Whether the code that a document shows has a name: an example of its own speaks of these. Most
 * documents are never asked, so it is only looked for then.
 */
export function isOwnName(file: DocFile, name: string): boolean {
  const known = KNOWN.get(file) ?? collectNames(file);
  KNOWN.set(file, known);
  return known.has(name);
}

function collectNames(file: DocFile): ReadonlySet<string> {
  const names = new Set<string>();
  visitTypes(file, ["literal_block", "doctest_block", "directive"], (node) => {
    const isCode = BLOCKS.includes(node.type) || (node.type === "directive" && node.value);
    if (!isCode || node.value === undefined) return;
    for (const [name] of node.value.matchAll(/[A-Za-z_]\w+/g)) names.add(name);
  });
  return names;
}
