import { type DocFile, visitTypes } from "./doc-file.ts";
import { rememberLast } from "./remember-last.ts";

const BLOCKS: readonly string[] = ["literal_block", "doctest_block"];

/**
 * Whether the code that a document shows has a name: an example of its own speaks of these. Most
 * documents are never asked, so it is only looked for then.
 */
export function isOwnName(file: DocFile, name: string): boolean {
  return findNames(file).has(name);
}

const findNames = rememberLast((file): ReadonlySet<string> => {
  const names = new Set<string>();
  visitTypes(file, ["literal_block", "doctest_block", "directive"], (node) => {
    const isCode = BLOCKS.includes(node.type) || (node.type === "directive" && node.value);
    if (!isCode || node.value === undefined) return;
    for (const [name] of node.value.matchAll(/[A-Za-z_]\w+/g)) names.add(name);
  });
  return names;
});
