import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s14SubjectBrackets } from "./s14-subject-brackets.ts";

test.each([
  ["no brackets", ""],
  ["a gap", "[RFC PATCH 3/2]"],
  ["another total", "[RFC PATCH 2/3]"],
  ["a number with a zero too many", "[RFC PATCH 02/2]"],
  ["another version", "[RFC PATCH v2 2/2]"],
  ["no RFC in one", "[PATCH 2/2]"],
  ["no number", "[RFC PATCH]"],
])("%s is found", async (_, brackets) => {
  const patches = [{}, { brackets }];
  expect(await judge(s14SubjectBrackets, { patches })).toEqual(["fail", "0002.patch:4"]);
});

test.each([
  ["an RFC of two", { patches: [{}, {}] }],
  ["version 2", { patches: [{}], prefix: "PATCH v2", context: { version: 2 } }],
  ["a tree's name", { patches: [{}], prefix: "PATCH mm-new" }],
  ["one patch alone", { patches: [{ brackets: "[PATCH]" }], cover: null }],
])("%s passes", async (_, draft) => {
  expect(await judge(s14SubjectBrackets, draft)).toEqual(["pass"]);
});
