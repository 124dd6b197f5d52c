import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";

/** A document that no table of contents leads to. */
export const toctreeOrphan: DocRule = {
  id: "toctree-orphan",
  severity: "warning",
  kinds: ["rst"],
  title: "every document is in a toctree, or says :orphan:",
  why: "no reader finds the page, and Sphinx warns of it only when it builds the whole tree",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: "A\n=\n", finds: ["1:1"], path: "Documentation/mm/lost.rst" },
    { text: ":orphan:\n\nA\n=\n", finds: [], path: "Documentation/mm/lost.rst" },
    { text: "A\n=\n", finds: [], path: "Documentation/mm/page_tables.rst" },
  ],
  *check(file, { index }) {
    const path = file.treePath ?? file.path;
    if (!/^Documentation\/(?!translations\/)/.test(path) || path === "Documentation/index.rst")
      return;
    if (index?.isInToctree(path) !== false) return;
    let isOrphan = false;
    visitTypes(file, ["field"], (node: DocNode) => {
      const { start, end } = node.position ?? {};
      if (node.type !== "field" || start === undefined || end === undefined) return;
      if (file.source.slice(start.offset, end.offset).startsWith(":orphan:")) isOrphan = true;
    });
    if (isOrphan) return;
    yield { at: 0, what: "no toctree has this document", fix: "add it to the index of its folder" };
  },
};
