import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s02LinearHistory } from "./s02-linear-history.ts";

const judgeMerges = (merges: string[]) =>
  judge(s02LinearHistory, { context: { effects: { merges: async () => merges } } });

test("a merge is found, and a line of commits passes", async () => {
  expect(await judgeMerges(["a".repeat(40)])).toEqual(["fail", "0001.patch:1"]);
  expect(await judgeMerges([])).toEqual(["pass"]);
});
