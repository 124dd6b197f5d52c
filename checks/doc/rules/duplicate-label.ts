import type { DocRule } from "../doc-rule.ts";
import { findLabels } from "../index/tree-index.ts";
import type { RstNode } from "../rst/tree.ts";

/** A label that is defined twice, in one document or in two. */
export const duplicateLabel: DocRule = {
  id: "duplicate-label",
  severity: "warning",
  kinds: ["rst"],
  title: "a label is defined once in the whole tree",
  why: "a :ref: to it leads to whichever document Sphinx read last",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: ".. _a_label:\n\nA\n=\n\n.. _other_label:\n\nB\n=\n", finds: [] },
    { text: ".. _a_label:\n\nA\n=\n\n.. _a_label:\n\nB\n=\n", finds: ["6:1"] },
    { text: ".. _page_tables:\n\nA\n=\n", finds: ["1:1"] },
    { text: ".. _site: https://a.example\n\n.. _page_tables: https://b.example\n", finds: [] },
  ],
  *check(file, { index }) {
    const seen = new Map<string, number>();
    for (const { name, node } of findLabels(file.root as RstNode)) {
      // An address is a matter of its own document.
      if (node.refuri !== undefined || node.refname !== undefined) continue;
      const { line, offset } = node.position.start;
      const before = seen.get(name);
      const elsewhere = index?.labels.get(name)?.find((path) => path !== file.treePath);
      if (before !== undefined) {
        yield { at: offset, what: `the label '${name}' is on line ${before} already` };
      } else if (elsewhere !== undefined) {
        yield { at: offset, what: `the label '${name}' is in '${elsewhere}' already` };
      }
      seen.set(name, line);
    }
  },
};
