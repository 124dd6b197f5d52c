import type { DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { findProse } from "../prose.ts";
import { WordHashes } from "../word-hashes.ts";

const LIST = "scripts/spelling.txt";
const WORD = /[A-Za-z]{3,}/g;
/** What stands next to a word that is a part of a name, a path or an address. */
const NAME_BEFORE = /[\p{L}\p{N}_./$@-]$/u;
const NAME_BEHIND = /^(?:[\p{L}\p{N}_(/@-]|\.\w)/u;

/** British spellings that the list has, and that are as right as the American ones. */
const BOTH_RIGHT: ReadonlySet<string> = new Set(["acknowledgement"]);

/** A word that the kernel's list of misspellings has. It has no word that is right anywhere. */
export const spelling: DocRule = {
  id: "spelling",
  severity: "warning",
  kinds: ["rst"],
  title: "words are not in the kernel's list of misspellings",
  why: "checkpatch reports them in the patch",
  source: "scripts/spelling.txt",
  needsTree: true,
  examples: [
    { text: "The acess of a page\n", finds: ["1:5"] },
    {
      text: "Colour and color, acknowledgement, behaviour and behavior are both right.\n",
      finds: [],
    },
    { text: "``acess`` and acess_flags() are names.\n", finds: [] },
  ],
  *check(file, { readTreeFile }) {
    const list = readTreeFile(LIST);
    if (list === undefined || isTranslation(file)) return;
    const { words: wrong, hashes } = parseList(list);
    // Few documents have such a word, in code or in text: only there it matters which and where.
    if (!hashes.mayBeIn(file.source)) return;
    for (const { start, text } of findProse(file)) {
      if (!hashes.mayBeIn(text)) continue;
      for (const match of text.matchAll(WORD)) {
        const [word] = match;
        const right = wrong.get(word.toLowerCase());
        if (right === undefined || BOTH_RIGHT.has(word.toLowerCase())) continue;
        const behind = text.slice(match.index + word.length);
        if (NAME_BEFORE.test(text.slice(0, match.index)) || NAME_BEHIND.test(behind)) continue;
        // A name of somebody.
        if (/^\p{Lu}/u.test(word) && /^ \p{Lu}/u.test(behind)) continue;
        const from = start + match.index;
        const [first = ""] = right.split(", ");
        const instead = /^\p{Lu}/u.test(word) ? capital(first) : first;
        yield {
          at: from,
          what: `'${word}' is a misspelling`,
          fix: `write '${right}'`,
          suggestion: { from, to: from + word.length, text: instead },
        };
      }
    }
  },
};

interface WrongWords {
  /** The text of the list. */
  readonly text: string;
  readonly words: ReadonlyMap<string, string>;
  readonly hashes: WordHashes;
}

let lastList: WrongWords = { text: "", words: new Map(), hashes: new WordHashes([]) };

/** The list is parsed once as long as it stays the same. */
function parseList(text: string): WrongWords {
  if (lastList.text !== text) {
    const rows = text.split("\n").flatMap((line) => {
      const [, wrong = "", right = ""] = /^([^#|]+)\|\|(.+)$/.exec(line) ?? [];
      return wrong === "" ? [] : [[wrong.toLowerCase(), right.trim()] as const];
    });
    const words = new Map(rows);
    lastList = { text, words, hashes: new WordHashes(words.keys()) };
  }
  return lastList;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
