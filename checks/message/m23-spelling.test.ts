import { expect, test } from "vitest";
import { judgeCheckpatch } from "../../tests/support/judge-checkpatch.ts";
import { m23Spelling } from "./m23-spelling.ts";

test("what checkpatch says of it is found, other things are not its business", async () => {
  expect(await judgeCheckpatch(m23Spelling, "TYPO_SPELLING")).toEqual(["fail", "0001.patch:9"]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeCheckpatch(m23Spelling, "TYPO_SPELLING", false)).toEqual(["not-run"]);
  expect(await judgeCheckpatch(m23Spelling, "TABS")).toEqual(["not-run"]);
});
