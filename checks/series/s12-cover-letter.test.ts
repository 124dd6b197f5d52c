import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s12CoverLetter } from "./s12-cover-letter.ts";

const shortlog = "A (2):\n  mm: one. Two. Three.\n";

test.each([
  ["no cover letter for two patches", { cover: null, patches: [{}, {}] }, "0001.patch:1"],
  ["a placeholder", { cover: "mm: a\n\nOne.\n*** BLURB HERE ***\n" }, "0000.patch:7"],
  ["a placeholder of a subject", { cover: "*** SUBJECT HERE ***\n\nA. B. C.\n" }, "0000.patch:4"],
  ["two sentences and a shortlog", { cover: `mm: a\n\nOne. Two.\n\n${shortlog}` }, "0000.patch:4"],
])("%s is found", async (_, draft, place) => {
  expect(await judge(s12CoverLetter, draft)).toEqual(["fail", place]);
});

test("three sentences, or a single patch without a letter, pass", async () => {
  const written = { cover: `mm: a\n\nOne. Two.\nThree?\n\n${shortlog}`, patches: [{}, {}] };
  expect(await judge(s12CoverLetter, written)).toEqual(["pass"]);
  expect(await judge(s12CoverLetter, { cover: null })).toEqual(["pass"]);
});
