import fc from "fast-check";
import { expect, test } from "vitest";
import { mayHaveTwice, WordHashes } from "./word-hashes.ts";

test("words are found in any case, and only whole", () => {
  const hashes = new WordHashes(["acess", "teh"]);
  expect(hashes.mayBeIn("the Acess of")).toBe(true);
  expect(hashes.mayBeIn("at the end teh")).toBe(true);
  expect(hashes.mayBeIn("acesses, tehx, access")).toBe(false);
  expect(new WordHashes([]).mayBeIn("any")).toBe(false);
});

test("a word that stands twice is never missed", () => {
  const word = fc.stringMatching(/^[A-Za-z\u00c0-\u024f]{2,8}$/);
  const space = fc.stringMatching(/^[ \n\t]{1,3}$/);
  fc.assert(
    fc.property(fc.string(), word, space, (before, twice, between) => {
      const pair = `${twice}${between}${twice.toLowerCase()}`;
      // A letter may have no other case, or become two.
      fc.pre(/^(\S+)\s+\1$/i.test(pair));
      return mayHaveTwice(`${before} ${pair}. more`);
    }),
  );
});

test("what stands between two words parts them", () => {
  for (const text of ["a the, the", "the \ufffc the", "the 1 the", "the thes"]) {
    expect(mayHaveTwice(text)).toBe(false);
  }
});
