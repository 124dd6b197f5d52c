import type { DocRule } from "../doc-rule.ts";
import { HASH_START, hashName, hashStep } from "../index/name-set.ts";
import { isTranslation } from "../is-translation.ts";
import { findProse } from "../prose.ts";

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
    const { words: wrong, filter } = parseList(list);
    for (const { start, text } of findProse(file)) {
      // Few paragraphs have such a word: only there it matters which and where it is.
      if (!mayHaveAny(text, filter)) continue;
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
  /** A bit for a part of the hash of each word. */
  readonly filter: Uint8Array;
}

const FILTER_SIZE = 1 << 17;
let lastList: WrongWords = { text: "", words: new Map(), filter: new Uint8Array(FILTER_SIZE) };

/** The list is parsed once as long as it stays the same. */
function parseList(text: string): WrongWords {
  if (lastList.text !== text) {
    const rows = text.split("\n").flatMap((line) => {
      const [, wrong = "", right = ""] = /^([^#|]+)\|\|(.+)$/.exec(line) ?? [];
      return wrong === "" ? [] : [[wrong.toLowerCase(), right.trim()] as const];
    });
    const filter = new Uint8Array(FILTER_SIZE);
    for (const [word] of rows) filter[hashName(word) & (FILTER_SIZE - 1)] = 1;
    lastList = { text, words: new Map(rows), filter };
  }
  return lastList;
}

const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const TO_SMALL = 0x20;

/** Whether a text may have a word of the list: tells it without making a string of each word. */
function mayHaveAny(text: string, filter: Uint8Array): boolean {
  const start = HASH_START | 0;
  let hash = start;
  for (let at = 0; at <= text.length; at++) {
    // Beyond the end there is NaN, which becomes no letter and so ends the last word.
    const code = text.charCodeAt(at) | TO_SMALL;
    if (code >= SMALL_A && code <= SMALL_Z) hash = hashStep(hash, code);
    else if (hash !== start) {
      if (filter[hash & (FILTER_SIZE - 1)] === 1) return true;
      hash = start;
    }
  }
  return false;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
