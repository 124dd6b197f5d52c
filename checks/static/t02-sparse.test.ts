import { expect, test } from "vitest";
import { judgeStatic, messageOf } from "../../tests/support/judge-static.ts";
import { t02Sparse } from "./t02-sparse.ts";

test("what is new is found at its line of the patch", async () => {
  expect(await judgeStatic(t02Sparse, "sparse")).toEqual(["fail", "0001.patch:17"]);
});

test("what the parent has too is not of the patch's making", async () => {
  expect(await judgeStatic(t02Sparse, "sparse", [messageOf("sparse", 3)])).toEqual(["pass"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeStatic(t02Sparse, "sparse", [], false)).toEqual(["not-run"]);
});
