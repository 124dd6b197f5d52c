import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { b02CommonConfigs } from "./b02-common-configs.ts";

test("every configuration is built, the whole kernel where it is small", async () => {
  const { built, found } = await judgeMatrix(b02CommonConfigs, () => false);
  expect(built).toEqual([
    "with allnoconfig: vmlinux",
    "without the feature: vmlinux",
    "with defconfig: mm/a.o mm/b.o",
    "with allmodconfig: mm/a.o mm/b.o",
  ]);
  expect(found).toEqual(["pass"]);
});

test("a commit that does not build in one of them is found", async () => {
  const { found } = await judgeMatrix(b02CommonConfigs, ({ seed }) => seed === "allnoconfig");
  expect(found).toEqual(["fail", "0001.patch:17"]);
});
