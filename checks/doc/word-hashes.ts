import { HASH_START, hashName, hashStep } from "./index/name-set.ts";

const START = HASH_START | 0;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const TO_SMALL = 0x20;
/** Stands for any letter with a mark: what is hashed need not tell these apart. */
const MARKED = 0xc0;
const OTHER_SPACE = /[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/** What stands in `Prose` for markup. */
const NOT_PROSE = 0xfffc;

/**
 * Hashes of some words of plain letters, to tell of a text whether it may have one of them without
 * making a string of each of its words.
 */
export class WordHashes {
  private readonly slots: Int32Array;

  constructor(words: Iterable<string>) {
    const hashes = [...words].map((word) => hashName(word.toLowerCase()));
    const size = 1 << Math.ceil(Math.log2(4 * hashes.length + 4));
    this.slots = new Int32Array(size);
    for (const hash of hashes) this.slots[this.slotOf(hash)] = hash;
  }

  /** Whether a text has a word, in any case, that may be one of these; hardly ever wrongly so. */
  mayBeIn(text: string): boolean {
    let hash = START;
    for (let at = 0; at <= text.length; at++) {
      // Beyond the end there is NaN, which becomes no letter and so ends the last word.
      const code = text.charCodeAt(at) | TO_SMALL;
      if (code >= SMALL_A && code <= SMALL_Z) hash = hashStep(hash, code);
      else if (hash !== START) {
        if (this.slots[this.slotOf(hash)] === hash) return true;
        hash = START;
      }
    }
    return false;
  }

  /** Where a hash is, or would be; one slot of four is taken at most. */
  private slotOf(hash: number): number {
    const mask = this.slots.length - 1;
    let at = hash & mask;
    while (this.slots[at] !== 0 && this.slots[at] !== hash) at = (at + 1) & mask;
    return at;
  }
}

/** A letter in lower case; 0 for white space and what is not ASCII, -1 for what parts words. */
function fold(code: number): number {
  const small = code | TO_SMALL;
  if (small >= SMALL_A && small <= SMALL_Z) return small;
  if (code < 0x80) return code <= TO_SMALL ? 0 : -1;
  if (code < MARKED) return 0;
  if (code === NOT_PROSE) return -1;
  return OTHER_SPACE.test(String.fromCharCode(code)) ? 0 : MARKED;
}

/** Whether a word may stand twice in a row; only white space is between the two. */
export function mayHaveTwice(text: string): boolean {
  let before = START;
  let hash = START;
  for (let at = 0; at <= text.length; at++) {
    const code = fold(text.charCodeAt(at) | 0);
    if (code > 0) hash = hashStep(hash, code);
    else {
      if (hash !== START) {
        if (hash === before) return true;
        before = hash;
        hash = START;
      }
      if (code < 0) before = START;
    }
  }
  return false;
}
