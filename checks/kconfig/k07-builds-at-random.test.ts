import { expect, test } from "vitest";
import { judgeMatrix } from "../../tests/support/judge-matrix.ts";
import { k07BuildsAtRandom } from "./k07-builds-at-random.ts";

test("each seed is built, and one that fails is found", async () => {
  const { built, found } = await judgeMatrix(
    k07BuildsAtRandom,
    ({ randomSeed }) => randomSeed === 2,
  );
  expect(built).toHaveLength(3);
  expect(found).toEqual(["fail", "0001.patch:17"]);
  expect((await judgeMatrix(k07BuildsAtRandom, () => false)).found).toEqual(["pass"]);
});
