import type { DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";

/** Characters that look like others, with what to write instead; empty is to be removed. */
const LOOKALIKES: Readonly<Record<string, readonly [string, string]>> = {
  "\u2018": ["a typographic quote", "'"],
  "\u2019": ["a typographic quote", "'"],
  "\u201c": ["a typographic quote", '"'],
  "\u201d": ["a typographic quote", '"'],
  "\u00a0": ["a no-break space", " "],
  "\u200b": ["a zero width space", ""],
  "\u200c": ["a zero width non-joiner", ""],
  "\u200d": ["a zero width joiner", ""],
  "\u2060": ["a word joiner", ""],
  "\ufeff": ["a zero width no-break space", ""],
};
const PATTERN = new RegExp(`[${Object.keys(LOOKALIKES).join("")}]`, "gu");

/** Characters in running text that no reader can tell from the usual ones. */
export const typography: DocRule = {
  id: "typography",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "quotes and spaces are those of the keyboard",
  why: "a search for the word does not find them, and invisible characters break what is copied",
  source: "project",
  onlyChanged: true,
  examples: [
    { text: "the “page”\n", finds: ["1:5", "1:10"] },
    { text: "a\u00a0b\u200bc\n", finds: ["1:2", "1:4"] },
    { text: 'the "page" is mm\'s\n', finds: [] },
    { text: "引用“字”\n", finds: [], path: "Documentation/translations/zh_CN/mm/a.rst" },
  ],
  *check(file) {
    if (/(?:^|\/)translations\//.test(file.treePath ?? file.path)) return;
    for (const { start, text } of findProse(file)) {
      for (const match of text.matchAll(PATTERN)) {
        const [name, instead] = LOOKALIKES[match[0]] ?? ["", ""];
        const from = start + match.index;
        const fix = instead === "" ? "remove it" : `write ${instead === " " ? "a space" : instead}`;
        yield {
          at: from,
          what: name,
          fix,
          edit: { from, to: from + match[0].length, text: instead },
        };
      }
    }
  },
};
