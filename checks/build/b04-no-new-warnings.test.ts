import { expect, test } from "vitest";
import { judgeStatic, messageOf } from "../../tests/support/judge-static.ts";
import { b04NoNewWarnings } from "./b04-no-new-warnings.ts";

test("what is new is found at its line of the patch", async () => {
  expect(await judgeStatic(b04NoNewWarnings, "-Wunused-variable")).toEqual([
    "fail",
    "0001.patch:17",
  ]);
});

test("what the parent has too is not of the patch's making", async () => {
  expect(
    await judgeStatic(b04NoNewWarnings, "-Wunused-variable", [messageOf("-Wunused-variable", 3)]),
  ).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeStatic(b04NoNewWarnings, "-Wunused-variable", [], false)).toEqual(["not-run"]);
});
