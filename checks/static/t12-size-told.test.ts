import { expect, test } from "vitest";
import { judge } from "../../tests/support/judge-text.ts";
import { t12SizeTold } from "./t12-size-told.ts";

const judgeGrowth = (bytes: number, text = "Words.") =>
  judge(t12SizeTold, {
    cover: `mm: give hints\n\n${text}\n`,
    context: { effects: { growth: async () => ({ bytes, text: "" }) } },
  });

test("much growth without a word is found, little or told growth passes", async () => {
  expect(await judgeGrowth(40_000)).toEqual(["fail", "0000.patch:4"]);
  expect(await judgeGrowth(40_000, "It grows by 40000 bytes.")).toEqual(["pass"]);
  expect(await judgeGrowth(4_000)).toEqual(["pass"]);
});
