import type { DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

/** A tab between two words of running text. Tabs that indent, or stand in literals, are fine. */
export const tabsInProse: DocRule = {
  id: "tabs-in-prose",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "the words of running text are divided by spaces",
  why: "a tab in a sentence is a slip: it has another width for every reader",
  source: "project",
  examples: [
    { text: "one\ttwo\n", finds: ["1:4"] },
    { text: "::\n\n\tint\tx;\n", finds: [] },
    { text: "- item\n\n\ttext\n\tmore\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text } of findProse(file)) {
      for (const match of text.matchAll(/(?<=\S[ ]*)\t+(?=[ \t]*\S)/g)) {
        const from = start + match.index;
        const edit = { from, to: from + match[0].length, text: " " };
        yield { at: from, what: "a tab between two words", fix: "use a space", edit };
      }
    }
  },
};
