import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { b07SmpAndPreempt } from "./b07-smp-and-preempt.ts";

test("four kernels are built, and an error in one is found", async () => {
  const isUp = ({ set }: { set: Readonly<Record<string, string>> }) =>
    set["SMP"] === "n" && set["PREEMPT"] === "y";
  const { built, found } = await judgeMatrix(b07SmpAndPreempt, isUp);
  expect(built).toHaveLength(4);
  expect(found).toEqual(["fail", "0001.patch:17"]);
  expect((await judgeMatrix(b07SmpAndPreempt, () => false)).found).toEqual(["pass"]);
});
