import type { DocRule } from "../doc-rule.ts";
import { findSentences } from "../sentences.ts";
import { wordPattern } from "../word-pattern.ts";

const VAGUE = wordPattern(
  "gi",
  "currently",
  "(?<!least |most )recently",
  "nowadays",
  "as of now",
  "at the moment",
  "at present",
  "newly (?:added|introduced)",
  "in the (?:near )?future",
  "soon be",
);
const VERSION = /\bv?\d+\.\d+|\b20\d\d\b|\bstage\b|\bv\d\b/i;

/** A time without a kernel version. */
export const versionLanguage: DocRule = {
  id: "version-language",
  severity: "info",
  kinds: ["rst", "md"],
  title: "what is true for a time says for which version",
  why: "the sentence stays for ten years, and no reader knows when 'currently' was",
  source: "project",
  examples: [
    { text: "Currently only one node is used.\n", finds: ["1:1"] },
    { text: "As of v6.12 only one node is currently used.\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text } of findSentences(file)) {
      if (VERSION.test(text)) continue;
      for (const { index, 0: word } of text.matchAll(VAGUE)) {
        yield { at: start + index, what: `'${word}' names no version`, fix: "write 'as of v6.x'" };
      }
    }
  },
};
