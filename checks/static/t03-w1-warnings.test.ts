import { expect, test } from "vitest";
import { judgeStatic, messageOf } from "../../tests/support/judge-static.ts";
import { t03W1Warnings } from "./t03-w1-warnings.ts";

test("what is new is found at its line of the patch", async () => {
  expect(await judgeStatic(t03W1Warnings, "-Wunused-but-set-variable")).toEqual([
    "fail",
    "0001.patch:17",
  ]);
});

test("what the parent has too is not of the patch's making", async () => {
  expect(
    await judgeStatic(t03W1Warnings, "-Wunused-but-set-variable", [
      messageOf("-Wunused-but-set-variable", 3),
    ]),
  ).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeStatic(t03W1Warnings, "-Wunused-but-set-variable", [], false)).toEqual([
    "not-run",
  ]);
});
