import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { k05BuildsOnAndOff } from "./k05-builds-on-and-off.ts";

test("each value is built: without what is off, with what includes a changed header", async () => {
  const { built, found } = await judgeMatrix(k05BuildsOnAndOff, () => false);
  expect(built).toEqual([
    "with HBF=y: mm/a.o mm/b.o",
    "with HBF=n: mm/b.o",
    "with HBF=m: mm/a.o mm/b.o",
  ]);
  expect(found).toEqual(["pass"]);
});

test("an error is found at its line of the patch, a value that is refused is told", async () => {
  const broken = await judgeMatrix(k05BuildsOnAndOff, ({ set }) => set["HBF"] === "m");
  expect(broken.found).toEqual(["fail", "0001.patch:17"]);
  const refused = await judgeMatrix(k05BuildsOnAndOff, () => false, ["MODULES"]);
  expect(refused.found).toEqual(["pass", "info 0001.patch:4"]);
});
