import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";

const LONG_LINES = 12;
/** Half of the lines end as lines of C do. */
const C_LINE = /[;{}]\s*(?:\/[*/].*)?$/;

/** A long block of C behind `::`, which shows it without colours. */
export const longLiteral: DocRule = {
  id: "long-literal",
  severity: "info",
  kinds: ["rst"],
  title: "'::' is for short snippets, '.. code-block:: c' for long ones",
  why: "a longer piece of C benefits from highlighting, which '::' does not have",
  source: "Documentation/doc-guide/sphinx.rst",
  onlyChanged: true,
  examples: [
    { text: `::\n\n${"  call();\n".repeat(LONG_LINES)}`, finds: ["3:3"] },
    { text: "::\n\n  call();\n  call();\n", finds: [] },
    { text: `::\n\n${"  a line of output\n".repeat(20)}`, finds: [] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["literal_block"], (node: DocNode) => {
      if (node.type !== "literal_block" || node.position === undefined) return;
      const lines = (node.value ?? "").split("\n").filter((line) => line.trim() !== "");
      const code = lines.filter((line) => C_LINE.test(line));
      if (lines.length < LONG_LINES || code.length * 2 < lines.length) return;
      const what = `${lines.length} lines of C are behind '::'`;
      found.push({ at: node.position.start.offset, what, fix: "use '.. code-block:: c'" });
    });
    return found;
  },
};
