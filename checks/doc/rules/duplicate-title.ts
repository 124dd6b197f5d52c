import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import { normalizeName } from "../rst/inline/escapes.ts";
import type { RstNode } from "../rst/tree.ts";
import { findSections } from "../sections.ts";

/** Sections that Documentation/conf.py gives a label of their own: autosectionlabel_maxdepth. */
const LABELLED_DEPTH = 2;

/** A title that stands in a document twice, where Sphinx makes a label or a reference of it. */
export const duplicateTitle: DocRule = {
  id: "duplicate-title",
  severity: "warning",
  kinds: ["rst"],
  title: "no two sections that can be referred to by their titles have the same one",
  why: "Sphinx warns of a duplicate label, and a reference leads to neither or to the wrong one",
  source: "Documentation/conf.py",
  examples: [
    { text: "=\nA\n=\n\nB\n=\n\nC\n=\n", finds: [] },
    { text: "=\nA\n=\n\nB x\n===\n\nC\n=\n\nb  X\n====\n", finds: ["11:1"] },
    { text: "=\nA\n=\n\nB\n=\n\nN\n-\n\nC\n=\n\nN\n-\n", finds: [] },
    { text: "=\nA\n=\n\nB\n=\n\nN\n-\n\nC\n=\n\nN\n-\n\nSee N_.\n", finds: ["17:5"] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    /** Name of a title to whether a section of it has a label. */
    const labelled = new Map<string, boolean>();
    const twice = new Set<string>();
    for (const { title, depth, start } of findSections(file)) {
      const name = normalizeName(title);
      const isSecond = labelled.has(name);
      const isLabelled = depth <= LABELLED_DEPTH;
      if (isSecond) twice.add(name);
      if (isLabelled && labelled.get(name) === true) {
        found.push({ at: start, what: `the title '${title}' stands in the document already` });
      }
      labelled.set(name, isLabelled || labelled.get(name) === true);
    }
    visitTypes(file, ["reference"], (node) => {
      const { refname = "", position } = node as RstNode;
      if (!twice.has(refname) || isExplicit(file.root as RstNode, refname)) return;
      found.push({ at: position.start.offset, what: `'${refname}' is the title of two sections` });
    });
    return found;
  },
};

/** Whether a target of this name takes the place of titles. */
function isExplicit(root: RstNode, name: string): boolean {
  return (
    (root.type === "target" && root.name === name) ||
    root.children.some((child) => isExplicit(child, name))
  );
}
