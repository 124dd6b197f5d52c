import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { b05OtherArchitectures } from "./b05-other-architectures.ts";

test("i386 is built, and an error there is found", async () => {
  const { built, found } = await judgeMatrix(b05OtherArchitectures, ({ arch }) => arch === "i386");
  expect(built).toEqual(["for i386: mm/a.o"]);
  expect(found).toEqual(["fail", "0001.patch:17"]);
  expect((await judgeMatrix(b05OtherArchitectures, () => false)).found).toEqual(["pass"]);
});
