import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

/** What may stand before the name of a type. */
const TYPES: readonly string[] = ["struct", "union", "enum", "typedef"];
const NAMING: readonly string[] = ["identifiers", "functions"];

/** A `kernel-doc` directive whose file or names do not exist. */
export const kernelDocReference: DocRule = {
  id: "kernel-doc-reference",
  severity: "error",
  kinds: ["rst"],
  title: "the file and the names of a kernel-doc directive exist",
  why: "Sphinx says nothing of a name that is gone as long as another one is there",
  source: "Documentation/doc-guide/kernel-doc.rst",
  needsTree: true,
  examples: [
    { text: ".. kernel-doc:: mm/documented.c\n   :identifiers: here\n", finds: [] },
    { text: ".. kernel-doc:: mm/gone.c\n", finds: ["1:1"] },
    { text: ".. kernel-doc:: mm/documented.c\n   :identifiers: here gone\n", finds: ["2:4"] },
  ],
  *check(file, { readTreeFile }) {
    const directives: RstNode[] = [];
    visitTypes(file, ["directive"], (node: DocNode) => {
      const directive = node as RstNode;
      if (node.type === "directive" && directive.name === "kernel-doc") directives.push(directive);
    });
    for (const node of directives) {
      const path = node.arguments?.[0] ?? "";
      const source = readTreeFile(path);
      if (source === undefined) {
        yield { at: node.position.start.offset, what: `there is no file '${path}'` };
        continue;
      }
      yield* checkNames(node, path, source);
    }
  },
};

function* checkNames(node: RstNode, path: string, source: string): Iterable<DocFinding> {
  for (const option of node.options ?? []) {
    if (!NAMING.includes(option.name)) continue;
    for (const name of option.value.split(/[\s,]+/).filter((it) => /^\w+$/.test(it))) {
      if (TYPES.includes(name) || isDocumented(name, source)) continue;
      const what = `'${path}' has no kernel-doc comment for '${name}'`;
      yield { at: option.position.start.offset, what };
    }
  }
}

/** Whether a comment documents a name, as scripts/kernel-doc reads them. */
function isDocumented(name: string, source: string): boolean {
  const start = "/\\*\\*[ \\t]*\\n[ \\t]*\\*[ \\t]*";
  const kind = "(?:(?:struct|union|enum|typedef|define|DOC:)[ \\t]+)?";
  return new RegExp(`${start}${kind}${name}(?:\\(|[ \\t]*[-:(\\n]|[ \\t]*$)`, "m").test(source);
}
