import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

/** Roles of docutils 0.19, of Sphinx 5.3 with its C domain, and of Documentation/sphinx. */
const ROLES: ReadonlySet<string> = new Set(
  (
    "abbreviation ac acronym ab code emphasis explicit literal math pep-reference pep " +
    "rfc-reference rfc strong subscript sub superscript sup title-reference title t raw " +
    "any ref numref doc download term keyword option envvar token eq abbr command dfn file " +
    "guilabel kbd mailheader makevar manpage menuselection mimetype newsgroup program regexp " +
    "samp index cspan rspan default c:func c:member c:data c:var c:macro c:struct c:union c:enum " +
    "c:enumerator c:type c:expr c:texpr func member data var macro struct union enum enumerator " +
    "type expr texpr std:ref std:doc std:term py:func py:class py:mod py:meth py:attr module " +
    "class meth attr exc mod const obj"
  ).split(" "),
);

/** A role that neither docutils nor Sphinx nor the kernel has. */
export const unknownRole: DocRule = {
  id: "unknown-role",
  severity: "error",
  kinds: ["rst"],
  title: "roles are ones that the build knows",
  why: "Sphinx reports an error, and the text stands on the page with its markup",
  source: "Documentation/doc-guide/sphinx.rst",
  examples: [
    { text: ":ref:`a` :c:func:`b` :sub:`2`\n", finds: [] },
    { text: ":no-such-role:`a`\n", finds: ["1:1"] },
    { text: ".. role:: mine\n\n:mine:`a`\n", finds: [] },
  ],
  check(file) {
    const own = new Set([...file.source.matchAll(/^\.\. role:: *([\w-]+)/gm)].map(([, it]) => it));
    const found: DocFinding[] = [];
    visitTypes(file, ["role"], (node) => {
      const { name = "", position } = node as RstNode;
      if (node.type !== "role" || ROLES.has(name) || own.has(name)) return;
      found.push({ at: position.start.offset, what: `there is no role '${name}'` });
    });
    return found;
  },
};
