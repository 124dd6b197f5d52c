import type { DocFinding, DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

/** A fence of code or a heading as Markdown has them. */
export const markdownInRst: DocRule = {
  id: "markdown-in-rst",
  severity: "error",
  kinds: ["rst"],
  title: "code is in literal blocks, and titles are underlined",
  why: "docutils takes the marks of Markdown for text, or for an inline literal",
  source: "docutils",
  examples: [
    { text: "A literal ``x`` in text.\n", finds: [] },
    { text: "```c\nint x;\n```\n", finds: ["1:1"] },
    { text: "## A title\n", finds: ["1:1"] },
    { text: "::\n\n  ## a comment\n", finds: [] },
  ],
  *check(file) {
    if (!file.source.includes("```") && !file.source.includes("## ")) return;
    for (const { start, text, inTable } of findProse(file)) {
      if (inTable) continue;
      const source = file.source.slice(start, start + text.length);
      const found: DocFinding[] = [];
      const fence = /^[ \t]*(```)(?!`)[\w+-]*[ \t]*$/m.exec(source);
      if (fence !== null) {
        const at = start + fence.index + fence[0].indexOf("`");
        found.push({ at, what: "this is a fence of Markdown", fix: "use '::' or code-block" });
      }
      if (/^#{2,6} \S[^\n]*$/.test(source)) {
        found.push({ at: start, what: "this is a heading of Markdown", fix: "underline it" });
      }
      yield* found;
    }
  },
};
