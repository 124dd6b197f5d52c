import type { DocRule } from "../doc-rule.ts";
import { findProse } from "../prose.ts";
import { mayHaveTwice } from "../word-hashes.ts";

/** Words that are right to stand twice. */
const ALLOWED: readonly string[] = "that had long bye very really so no blah etc".split(" ");
const TWICE = /\b([A-Za-z\u00c0-\u024f]{2,})(\s+)\1(?![\w\u00c0-\u024f'(/=-]|\.\S)/gi;

/** The same word twice in a row, across a line break too. */
export const repeatedWord: DocRule = {
  id: "repeated-word",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "no word stands twice in a row",
  why: "it is a slip that spelling checkers miss when a line ends between the words",
  source: "scripts/checkpatch.pl",
  examples: [
    { text: "of the the page\n", finds: ["1:8"] },
    { text: "of the\nthe page\n", finds: ["2:1"] },
    { text: "a long long value that that has\n", finds: [] },
    { text: "``the`` the page; page, page\n", finds: [] },
  ],
  *check(file) {
    if (/(?:^|\/)translations\//.test(file.treePath ?? file.path)) return;
    // What is twice in a paragraph is so in the source, which is searched faster.
    if (!mayHaveTwice(file.source)) return;
    for (const { start, text, inTable } of findProse(file)) {
      if (inTable) continue;
      for (const match of text.matchAll(TWICE)) {
        const [whole, word = "", space = ""] = match;
        const second = whole.slice(word.length + space.length);
        if (
          /[\w\u00c0-\u024f$.'/-]/.test(text.charAt(match.index - 1)) ||
          ALLOWED.includes(word.toLowerCase()) ||
          (second !== word && second !== word.toLowerCase())
        ) {
          continue;
        }
        const at = start + match.index + word.length + space.length;
        yield { at, what: `'${word}' stands twice`, fix: "remove one of them" };
      }
    }
  },
};
