import { posix } from "node:path";
import { visit } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
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
    const trees: RstNode[] = [];
    visit(file.root, (node) => {
      const directive = node as RstNode;
      if (node.type === "directive" && directive.name === "toctree") trees.push(directive);
    });
    const folder = posix.dirname(file.treePath ?? file.path);
    for (const { content } of trees) {
      if (content === undefined) continue;
      const text = file.source.slice(content.start.offset, content.end.offset);
      for (const match of text.matchAll(/[^\s].*/g)) {
        const entry = match[0].trimEnd();
        const name = /<([^<>]+)>$/.exec(entry)?.[1] ?? entry;
        if (name === "self" || /[*?[]|:\/\//.test(name)) continue;
        const path = name.startsWith("/")
          ? posix.join("Documentation", name)
          : posix.join(folder, name);
        const document = `${path.replace(/\.rst$/, "")}.rst`;
        if (path.startsWith(GENERATED) || pathExists(document)) continue;
        yield { at: content.start.offset + match.index, what: `there is no document '${name}'` };
      }
    }
  },
};
