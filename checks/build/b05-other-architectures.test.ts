import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { ToolError } from "../../tools/lib/error.ts";
import { b05OtherArchitectures } from "./b05-other-architectures.ts";

const EVERY = ["for i386: mm/a.o mm/b.o", "for arm64: mm/a.o mm/b.o", "for s390: mm/a.o mm/b.o"];

test.each(["i386", "arm64", "s390"])("%s is built, and an error there is found", async (name) => {
  const { built, found } = await judgeMatrix(b05OtherArchitectures, ({ arch }) => arch === name);
  expect(built).toEqual(EVERY);
  expect(found).toEqual(["fail", "0001.patch:17"]);
});

test("what builds everywhere passes", async () => {
  expect((await judgeMatrix(b05OtherArchitectures, () => false)).found).toEqual(["pass"]);
});

test("without a compiler the row did not run, unless another machine has an error", async () => {
  const judgeWithout = (missing: string, broken: string) =>
    judgeMatrix(b05OtherArchitectures, ({ arch }) => {
      if (arch !== missing) return arch === broken;
      const options = { kind: "environment", code: "program-missing", hints: [] } as const;
      throw new ToolError("cannot start 'gcc'", options);
    });
  await expect(judgeWithout("s390", "")).rejects.toThrow("there is no compiler for s390");
  expect((await judgeWithout("s390", "i386")).found).toEqual(["fail", "0001.patch:17"]);
  expect((await judgeWithout("arm64", "s390")).found).toEqual(["fail", "0001.patch:17"]);
});
