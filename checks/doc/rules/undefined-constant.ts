import { type DocFile, type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { isOwnName } from "../own-names.ts";

const CONSTANT = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]$/;
const PLACEHOLDER = /FOO|BAR|XXX|YYY|_N$|_X$|^MY_|EXAMPLE/;

/** A flag or another constant in an inline literal that no source file has. */
export const undefinedConstant: DocRule = {
  id: "undefined-constant",
  severity: "warning",
  kinds: ["rst"],
  title: "flags and constants that the text names exist",
  why: "a reader who looks for a flag that was renamed or removed finds nothing",
  source: "project",
  needsTree: true,
  examples: [
    { text: "``VM_LOCKED`` and ``CONFIG_X`` and ``VM_XXX``\n", finds: [] },
    { text: "``NO_SUCH_FLAG``\n", finds: ["1:1"] },
    { text: "``PG_*`` and NO_SUCH_FLAG in plain text\n", finds: [] },
  ],
  check(file, { index }) {
    if (isTranslation(file) || index === undefined) return [];
    const { names, configSymbols } = index;
    const isKnown = (it: string): boolean => names.has(it) || configSymbols.has(it);
    return constantsOf(file, (it) => isKnown(it) || isOwnName(file, it));
  },
};

function constantsOf(file: DocFile, isKnown: (name: string) => boolean): DocFinding[] {
  const found: DocFinding[] = [];
  visitTypes(file, ["literal"], (node: DocNode) => {
    const { value = "", position } = node;
    if (node.type !== "literal" || position === undefined || !CONSTANT.test(value)) return;
    if (PLACEHOLDER.test(value) || value.startsWith("CONFIG_") || isKnown(value)) return;
    found.push({ at: position.start.offset, what: `no source file has '${value}'` });
  });
  return found;
}
