import { visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import type { RstNode } from "../rst/tree.ts";

const CONTEXT = /\b(?:context|sleeps?|atomic|interrupts?|IRQ|locks?|locked|held|GFP_\w+|RCU)\b/i;

/** A described function of which nobody knows where it may be called. */
export const apiContext: DocRule = {
  id: "api-context",
  severity: "info",
  kinds: ["rst"],
  title: "a described function says its context, what it may do and which locks are held",
  why: "callers have to know whether it may sleep and what they must hold",
  source: "Documentation/doc-guide/kernel-doc.rst",
  examples: [
    { text: ".. c:function:: int f(void)\n\n   Context: may sleep.\n", finds: [] },
    { text: ".. c:function:: int f(void)\n\n   Does it.\n", finds: ["1:1"] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["directive"], (node) => {
      const { name, position, content } = node as RstNode;
      if (node.type !== "directive" || name !== "c:function") return;
      const text = file.source.slice(content?.start.offset ?? 0, content?.end.offset ?? 0);
      if (CONTEXT.test(text)) return;
      const what = "nothing says in which context the function may be called";
      found.push({ at: position.start.offset, what, fix: "write 'Context: ...' below it" });
    });
    return found;
  },
};
