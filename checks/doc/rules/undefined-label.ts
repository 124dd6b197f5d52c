import { openDocFile, visit } from "../doc-file.ts";
import type { DocContext, DocRule } from "../doc-rule.ts";
import { findLabels } from "../index/tree-index.ts";
import { findRoles } from "../roles.ts";
import type { RstNode } from "../rst/tree.ts";

/** A `:ref:` to a label that no document of the tree has. */
export const undefinedLabel: DocRule = {
  id: "undefined-label",
  severity: "error",
  kinds: ["rst"],
  title: "every :ref: names a label that exists",
  why: "Sphinx leaves the text without a link, and says so only in a build of the whole tree",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: ":ref:`page_tables` and :ref:`tables <page_tables>`\n", finds: [] },
    { text: ":ref:`no_such_label`\n", finds: ["1:1"] },
    { text: ":ref:`mm/page_tables:Page Tables`\n", finds: [] },
    { text: ".. _mine:\n\nTitle\n=====\n\n:ref:`a <mine>` :ref:`Mine`\n", finds: [] },
  ],
  *check(file, { index, readTreeFile }) {
    const roles = findRoles(file, ["ref", "numref"]);
    if (roles.length === 0) return;
    const own = new Set(findLabels(file.root as RstNode).map(({ name }) => name));
    for (const { target, offset } of roles) {
      const label = target.toLowerCase().replace(/\s+/g, " ");
      if (own.has(label) || index?.labels.has(label) || GENERATED.includes(label)) continue;
      if (isSection(label, readTreeFile)) continue;
      yield { at: offset, what: `no document has the label '${label}'` };
    }
  },
};

/** Labels that Sphinx itself makes, and those of documents that a build makes. */
const GENERATED: readonly string[] = ["genindex", "modindex", "search", "maintainers", "specs"];

/** Whether a label names a section of a document, as `core-api/folio:locking`. */
function isSection(label: string, readTreeFile: DocContext["readTreeFile"]): boolean {
  const [, document, section] = /^([^:]+):(.+)$/.exec(label) ?? [];
  const source = document === undefined ? undefined : readTreeFile(`Documentation/${document}.rst`);
  if (source === undefined) return false;
  let found = false;
  visit(openDocFile({ path: "", treePath: "", source, isChanged: false }).root, (node) => {
    if (node.type === "section" && (node as RstNode).name === section) found = true;
  });
  return found;
}
