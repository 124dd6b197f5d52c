import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

const DISCOURAGED: readonly string[] = ["list-table", "flat-table", "csv-table"];

/** A table that nobody can read in the source. */
export const discouragedTable: DocRule = {
  id: "discouraged-table",
  severity: "info",
  kinds: ["rst"],
  title: "tables are drawn as simple or grid tables",
  why: "who reads the plain text cannot make out the rows of a table that is written as a list",
  source: "Documentation/doc-guide/sphinx.rst",
  onlyChanged: true,
  examples: [
    { text: ".. flat-table:: T\n\n   * - a\n     - b\n", finds: ["1:1"] },
    { text: "== ==\na  b\n== ==\n1  2\n== ==\n", finds: [] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["directive"], (node) => {
      const { name = "", position } = node as RstNode;
      if (node.type !== "directive" || !DISCOURAGED.includes(name)) return;
      const what = `'${name}' is hard to read as text`;
      found.push({ at: position.start.offset, what, fix: "draw a simple or a grid table" });
    });
    return found;
  },
};
