import { visitTypes } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
import { resolveName } from "../index/toctrees.ts";
import type { RstNode } from "../rst/tree.ts";

const READING: readonly string[] =
  "include literalinclude kernel-include image kernel-image figure kernel-figure".split(" ");

/** A file that a directive takes in and that does not exist. */
export const missingInclude: DocRule = {
  id: "missing-include",
  severity: "error",
  kinds: ["rst"],
  title: "files that are included or shown exist",
  why: "the build fails, or the page has a hole",
  source: "docutils",
  needsTree: true,
  examples: [
    { text: ".. include:: page_tables.rst\n", finds: [] },
    { text: ".. literalinclude:: ../../mm/memory.c\n", finds: [] },
    { text: ".. include:: gone.txt\n", finds: ["1:1"] },
    { text: ".. kernel-figure:: gone.svg\n", finds: ["1:1"] },
    { text: ".. include:: <isonum.txt>\n\n.. kernel-include:: $BUILDDIR/a.rst\n", finds: [] },
  ],
  *check(file, { pathExists }) {
    const directives: RstNode[] = [];
    visitTypes(file, ["directive"], (node) => {
      const directive = node as RstNode;
      if (node.type === "directive" && READING.includes(directive.name ?? "")) {
        directives.push(directive);
      }
    });
    for (const node of directives) {
      const name = node.arguments?.[0] ?? "";
      if (name === "" || /^<.*>$|\$|:\/\/|\*$/.test(name)) continue;
      const path = resolveName(file.treePath ?? file.path, name);
      if (pathExists(path)) continue;
      yield { at: node.position.start.offset, what: `there is no file '${name}'` };
    }
  },
};
