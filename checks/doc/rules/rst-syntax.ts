import type { DocRule } from "../doc-rule.ts";

/** Kinds that have a rule of their own. */
const ELSEWHERE: readonly string[] = [
  "title-underline-short",
  "title-overline-short",
  "unexpected-unindent",
  "blank-line-after-table",
];
const WARNING = 2;

/** What docutils reports as a warning or an error. */
export const rstSyntax: DocRule = {
  id: "rst-syntax",
  severity: "error",
  kinds: ["rst"],
  title: "the markup is correct",
  why: "docutils reports it, and what it cannot read is missing from the page or stands there raw",
  source: "docutils",
  examples: [
    { text: "A *word without end\n", finds: ["1:3"] },
    { text: ".. nonsense:: x\n", finds: ["1:1"] },
    { text: ".. note::\n   text\n\n``a``\\ s and *b*\n", finds: [] },
    { text: "+---+\n| a |\n", finds: ["1:1"] },
    { text: "text\n  deeper\n text\n\nfoo\nbar\n  baz\n", finds: ["7:3"] },
  ],
  *check(file) {
    for (const { kind, level, text, position } of file.messages) {
      if (level < WARNING || ELSEWHERE.includes(kind)) continue;
      yield { at: position.start.offset, what: text };
    }
  },
};
