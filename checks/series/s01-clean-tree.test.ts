import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s01CleanTree } from "./s01-clean-tree.ts";

const judgeState = (operation: string | undefined, changed: string[], origin: "range" | "stage") =>
  judge(s01CleanTree, {
    context: { origin, effects: { sourceState: async () => ({ operation, changed }) } },
  });

test("an unfinished rebase and a changed file are found", async () => {
  expect(await judgeState("rebase", [], "range")).toEqual(["fail", "0001.patch:1"]);
  expect(await judgeState(undefined, ["mm/a.c"], "range")).toEqual(["fail", "0001.patch:1"]);
});

test("a clean tree passes, and a folder of patches has none", async () => {
  expect(await judgeState(undefined, [], "range")).toEqual(["pass"]);
  expect(await judgeState("rebase", ["mm/a.c"], "stage")).toEqual(["pass"]);
});
