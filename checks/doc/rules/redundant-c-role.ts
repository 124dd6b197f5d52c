import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

/** A `:c:func:` where `function()` is enough. */
export const redundantCRole: DocRule = {
  id: "redundant-c-role",
  severity: "info",
  kinds: ["rst"],
  title: "functions are written function(), without :c:func:",
  why: "the build links function() by itself, and the text reads better without the markup",
  source: "Documentation/doc-guide/sphinx.rst",
  onlyChanged: true,
  examples: [
    { text: "It calls :c:func:`folio_lock` here.\n", finds: ["1:10"] },
    { text: "It calls folio_lock() and :c:func:`a lock <folio_lock>`.\n", finds: [] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["role"], (node) => {
      const { name, value = "", position } = node as RstNode;
      if (node.type !== "role" || name !== "c:func") return;
      const called = /^[~!]?(\w+)(?:\(\))?$/.exec(value)?.[1];
      if (called === undefined) return;
      const edit = { from: position.start.offset, to: position.end.offset, text: `${called}()` };
      const what = "':c:func:' is not needed";
      found.push({ at: edit.from, what, fix: `write '${called}()'`, edit });
    });
    return found;
  },
};
