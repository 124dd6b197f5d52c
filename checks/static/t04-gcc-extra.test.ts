import { expect, test } from "vitest";
import { judgeStatic, messageOf } from "../../tests/support/judge-static.ts";
import { t04GccExtra } from "./t04-gcc-extra.ts";

test("what is new is found at its line of the patch", async () => {
  expect(await judgeStatic(t04GccExtra, "-Wsign-compare")).toEqual(["fail", "0001.patch:17"]);
});

test("what the parent has too is not of the patch's making", async () => {
  expect(
    await judgeStatic(t04GccExtra, "-Wsign-compare", [messageOf("-Wsign-compare", 3)]),
  ).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeStatic(t04GccExtra, "-Wsign-compare", [], false)).toEqual(["not-run"]);
});
