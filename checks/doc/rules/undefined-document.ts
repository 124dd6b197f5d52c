import { posix } from "node:path";
import type { DocRule } from "../doc-rule.ts";
import { findRoles } from "../roles.ts";

/** Documents that a build makes. */
const GENERATED = "Documentation/networking/netlink_spec/";

/** A `:doc:` of a document that does not exist. */
export const undefinedDocument: DocRule = {
  id: "undefined-document",
  severity: "error",
  kinds: ["rst"],
  title: "every :doc: names a document that exists",
  why: "the page has no link, and Sphinx says so only when it builds the whole tree",
  source: "Documentation/doc-guide/sphinx.rst",
  needsTree: true,
  examples: [
    { text: ":doc:`page_tables` :doc:`/mm/page_tables` :doc:`t <../mm/page_tables>`\n", finds: [] },
    { text: ":doc:`no_such_document`\n", finds: ["1:1"] },
  ],
  *check(file, { pathExists }) {
    const folder = posix.dirname(file.treePath ?? file.path);
    for (const { target, offset } of findRoles(file, ["doc"])) {
      const path = target.startsWith("/")
        ? posix.join("Documentation", target)
        : posix.join(folder, target);
      if (path.startsWith(GENERATED) || pathExists(`${path.replace(/\.rst$/, "")}.rst`)) continue;
      yield { at: offset, what: `there is no document '${target}'` };
    }
  },
};
