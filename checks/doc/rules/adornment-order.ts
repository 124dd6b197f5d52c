import { visit } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

/** Adornments from the document's title down; two characters with an overline. */
const ORDER: readonly string[] = ["==", "=", "-", "~"];
const WORDS: readonly string[] = ["'=' over and under", "'=' under", "'-' under", "'~' under"];

/** Titles that are adorned in another order than the kernel's. */
export const adornmentOrder: DocRule = {
  id: "adornment-order",
  severity: "warning",
  kinds: ["rst"],
  title: "titles are adorned with '=' over and under, then '=', '-' and '~' under",
  why: "having the same order in all documents makes them easier to follow",
  source: "Documentation/doc-guide/sphinx.rst",
  onlyChanged: true,
  examples: [
    { text: "=====\nTitle\n=====\n\nA\n=\n\nB\n-\n\nC\n~\n", finds: [] },
    { text: "Title\n=====\n\nA\n-\n", finds: ["1:1", "4:1"] },
    { text: "=====\nTitle\n=====\n\nA\n-\n", finds: ["5:1"] },
  ],
  *check(file) {
    const wrong: { node: RstNode; level: number }[] = [];
    visit(file.root, (node, parents) => {
      const level = parents.filter((parent) => parent.type === "section").length - 1;
      const title = node as RstNode;
      const expected = ORDER[level];
      if (node.type !== "title" || title.adornment === undefined || expected === undefined) return;
      if (parents.some((parent) => parent.type === "directive")) return;
      if (title.adornment !== expected) wrong.push({ node: title, level });
    });
    for (const { node, level } of wrong) {
      const [over, under = over] = (node.adornment ?? "").split("");
      const has = `'${under}' ${node.adornment?.length === 2 ? "over and under" : "under"}`;
      const what = `this title of level ${level + 1} has ${has} instead of ${WORDS[level]}`;
      yield { at: node.position.start.offset, what };
    }
  },
};
