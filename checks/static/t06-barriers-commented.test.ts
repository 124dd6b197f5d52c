import { expect, test } from "vitest";
import { judgeCheckpatch } from "../../tests/support/judge-checkpatch.ts";
import { t06BarriersCommented } from "./t06-barriers-commented.ts";

test("what checkpatch says of it is found, other things are not its business", async () => {
  expect(await judgeCheckpatch(t06BarriersCommented, "MEMORY_BARRIER")).toEqual([
    "fail",
    "0001.patch:9",
  ]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeCheckpatch(t06BarriersCommented, "MEMORY_BARRIER", false)).toEqual(["not-run"]);
  expect(await judgeCheckpatch(t06BarriersCommented, "TABS")).toEqual(["not-run"]);
});
