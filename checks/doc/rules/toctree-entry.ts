import type { DocRule } from "../doc-rule.ts";
import { entriesOf, findToctrees, resolveName } from "../index/toctrees.ts";
import type { RstNode } from "../rst/tree.ts";

/** Documents that a build makes. */
const GENERATED = "Documentation/networking/netlink_spec/";

/** An entry of a table of contents that is no document. */
export const toctreeEntry: DocRule = {
  id: "toctree-entry",
  severity: "error",
  kinds: ["rst"],
  title: "every entry of a toctree is a document",
  why: "the page has no entry for it, and what is below is not to be found",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: ".. toctree::\n   :maxdepth: 1\n\n   page_tables\n   T <page_tables>\n", finds: [] },
    { text: ".. toctree::\n\n   page_tables\n   gone\n", finds: ["4:4"] },
    { text: ".. toctree::\n   :glob:\n\n   *\n   https://a.example\n   self\n", finds: [] },
  ],
  *check(file, { pathExists }) {
    for (const tree of findToctrees(file.root as RstNode)) {
      for (const { name, offset } of entriesOf(tree, file.source)) {
        if (name === "self" || /[*?[]|:\/\//.test(name)) continue;
        const path = resolveName(file.treePath ?? file.path, name);
        const document = `${path.replace(/\.rst$/, "")}.rst`;
        if (path.startsWith(GENERATED) || pathExists(document)) continue;
        yield { at: offset, what: `there is no document '${name}'` };
      }
    }
  },
};
