import type { DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

const SLIP = /(?<=\p{Ll}{2}[.,;]?)\t(?=\p{L}{2})/gu;
const BAR = /\||\t.*\t/;

/** A tab between two words of running text. Tabs that indent, or stand in literals, are fine. */
export const tabsInProse: DocRule = {
  id: "tabs-in-prose",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "the words of running text are divided by spaces",
  why: "a tab in a sentence is a slip: it has another width for every reader",
  source: "project",
  onlyChanged: true,
  examples: [
    { text: "one word and\ttwo words\n", finds: ["1:13"] },
    { text: "::\n\n\tint\tx;\n", finds: [] },
    { text: "- item\n\n\ttext\n\tmore\n", finds: [] },
    { text: "name\tvalue of it\nother\tvalue of that\n", finds: [] },
    { text: "size:\t4 kB\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text, inTable } of findProse(file)) {
      const rows = text.split("\n").filter((line) => /\S[ \t]*\t[ \t]*\S/.test(line));
      // Two such lines, or two tabs in one, are columns.
      if (inTable || rows.length !== 1 || BAR.test(rows[0] ?? "")) continue;
      for (const match of text.matchAll(SLIP)) {
        const from = start + match.index;
        const edit = { from, to: from + match[0].length, text: " " };
        yield { at: from, what: "a tab between two words", fix: "use a space", edit };
      }
    }
  },
};
