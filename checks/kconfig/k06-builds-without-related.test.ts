import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { k06BuildsWithoutRelated } from "./k06-builds-without-related.ts";

test("an option that is taken for granted is found", async () => {
  const { built, found } = await judgeMatrix(
    k06BuildsWithoutRelated,
    ({ set }) => set["NUMA"] === "n",
  );
  expect(built).toContain("without SMP: mm/a.o mm/b.o");
  expect(built).toContain("with NET and without INET: mm/a.o mm/b.o");
  expect(found).toEqual(["fail", "0001.patch:17"]);
});

test("an option that cannot be switched off is told", async () => {
  const { found } = await judgeMatrix(k06BuildsWithoutRelated, () => false, ["SMP"]);
  expect(found).toEqual(["pass", "info 0001.patch:4"]);
});
