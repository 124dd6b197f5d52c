import fc from "fast-check";
import { expect, test } from "vitest";
import { neededWords } from "./needed-words.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** What checkpatch finds of the words of a dictionary in a line. */
function typosIn(line: string, dictionary: string): string[] {
  const words = dictionary.split("\n").flatMap((one) => one.split("->")[0] || []);
  if (words.length === 0) return [];
  const source = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const typos = new RegExp(`(?:^|[^\\w\\-'\`])(${source})(?:[^\\w\\-'\`]|$)`, "gi");
  return [...line.matchAll(typos)].map(([, word]) => word ?? "");
}

test("words of the texts stay, in any case, and so do those that are no single word", () => {
  const dictionary = "wierd->weird\ntolerent->tolerant\ncan;t->can't\nabilty->ability, \n";
  const kept = neededWords(dictionary, [bytes("Be Wierd,"), bytes("+/* ABILTY */")]);
  expect(kept).toBe("wierd->weird\ncan;t->can't\nabilty->ability, \n");
});

test("a dictionary of the needed words finds what the whole one finds", () => {
  const word = fc.string({ unit: fc.constantFrom(..."aAbB-'`_1;"), minLength: 1, maxLength: 4 });
  const gap = fc.constantFrom(" ", ".", ", ", "\u00e9", "\t");
  const line = fc
    .array(fc.tuple(word, gap), { maxLength: 12 })
    .map((parts) => parts.flat().join(""));
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 20 }), line, (words, text) => {
      const dictionary = words.map((one) => `${one.toLowerCase()}->x\n`).join("");
      const kept = neededWords(dictionary, [bytes(text)]);
      expect(typosIn(text, kept)).toEqual(typosIn(text, dictionary));
    }),
    { numRuns: 500 },
  );
});
