import { visitTypes } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";

const KINDS: readonly string[] = ["unexpected-unindent", "blank-line-after-table"];
const SWALLOWED_ITEM = /:[ \t]*\r?\n([ \t]*)(?:[-*+] |(?:1|#|a)[.)] )(?=\S)/g;

/**
 * No blank line where one belongs: behind a list, a table or a directive, which docutils reports,
 * and before a list behind a colon, which it silently makes part of the paragraph.
 */
export const missingBlankLine: DocRule = {
  id: "missing-blank-line",
  severity: "warning",
  kinds: ["rst"],
  title: "lists, tables, directives and literal blocks have blank lines around them",
  why: "without the blank line the text is read as something else, and the page shows that",
  source: "Documentation/doc-guide/sphinx.rst",
  examples: [
    { text: "- item\ntext\n", finds: ["2:1"] },
    { text: "There are:\n- one\n- two\n", finds: ["2:1"] },
    { text: "There are:\n\n- one\n- two\n", finds: [] },
    { text: ".. note:: a\ntext\n", finds: ["2:1"] },
    { text: "The range a:\n-1 is special\n", finds: [] },
  ],
  *check(file) {
    for (const { kind, text, position } of file.messages) {
      if (!KINDS.includes(kind)) continue;
      yield { at: position.start.offset, what: text, fix: "put a blank line before this line" };
    }
    const found: number[] = [];
    visitTypes(file, ["paragraph"], (node) => {
      if (node.type !== "paragraph" || node.position === undefined) return;
      const { start, end } = node.position;
      for (const match of file.source.slice(start.offset, end.offset).matchAll(SWALLOWED_ITEM)) {
        const lineStart = match[0].lastIndexOf("\n") + 1 + (match[1] ?? "").length;
        found.push(start.offset + match.index + lineStart);
      }
    });
    for (const at of found) {
      const what = "this list item is part of the paragraph before it";
      yield { at, what, fix: "put a blank line before the list" };
    }
  },
};
