import { expect, test } from "vitest";
import { judgeStatic, messageOf } from "../../tests/support/judge-static.ts";
import { b06ClangBuilds } from "./b06-clang-builds.ts";

const KIND = "-Wsometimes-uninitialized";

test("what clang says is found at its line of the patch", async () => {
  expect(await judgeStatic(b06ClangBuilds, KIND)).toEqual(["fail", "0001.patch:17"]);
});

test("what it says of the parent too is not of the patch's making", async () => {
  expect(await judgeStatic(b06ClangBuilds, KIND, [messageOf(KIND, 3)])).toEqual(["pass"]);
});

test("kernel-doc has a row of its own", async () => {
  expect(await judgeStatic(b06ClangBuilds, "kernel-doc")).toEqual(["not-run"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeStatic(b06ClangBuilds, KIND, [], false)).toEqual(["not-run"]);
});
