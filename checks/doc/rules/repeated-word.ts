import type { DocRule } from "../doc-rule.ts";
import { HASH_START, hashStep } from "../index/name-set.ts";
import { findProse } from "../prose.ts";

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
    for (const { start, text, inTable } of findProse(file)) {
      if (inTable || !mayHaveTwice(text)) continue;
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

const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const TO_SMALL = 0x20;
/** Stands for any letter with a mark: what is hashed need not tell these apart. */
const MARKED = 0xc0;
const LAST_MARKED = 0x24f;

/** A letter in lower case; 0 for white space and what is not ASCII, -1 for what parts words. */
function fold(code: number): number {
  const small = code | TO_SMALL;
  if (small >= SMALL_A && small <= SMALL_Z) return small;
  if (code >= MARKED && code <= LAST_MARKED) return MARKED;
  return code <= TO_SMALL || (code > 0x7f && code !== 0xfffc) ? 0 : -1;
}

/** Whether a word may stand twice: tells it without making a string of each word. */
function mayHaveTwice(text: string): boolean {
  const start = HASH_START | 0;
  let before = start;
  let hash = start;
  for (let at = 0; at <= text.length; at++) {
    const code = fold(text.charCodeAt(at) | 0);
    if (code > 0) hash = hashStep(hash, code);
    else {
      if (hash !== start) {
        if (hash === before) return true;
        before = hash;
        hash = start;
      }
      if (code < 0) before = start;
    }
  }
  return false;
}
