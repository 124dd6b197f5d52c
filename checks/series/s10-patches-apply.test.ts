import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { s10PatchesApply } from "./s10-patches-apply.ts";

const TREE = "2".repeat(40);
const judgeTrees = (...trees: (string | undefined)[]) =>
  judge(s10PatchesApply, {
    patches: [{}, {}],
    context: {
      effects: {
        applyInOrder: async () =>
          trees.map((tree, at) => ({ position: `${at + 1}/2`, tree, problem: "no such line" })),
      },
    },
  });

test("a patch that does not apply, or makes another tree, is found", async () => {
  expect(await judgeTrees(TREE, undefined)).toEqual(["fail", "0002.patch:11"]);
  expect(await judgeTrees("3".repeat(40), TREE)).toEqual(["fail", "0001.patch:11"]);
});

test("the same trees pass", async () => {
  expect(await judgeTrees(TREE, TREE)).toEqual(["pass"]);
});
