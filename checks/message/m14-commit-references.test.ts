import { expect, test } from "vitest";
import { judgeCheckpatch } from "../../tests/support/judge-checkpatch.ts";
import { m14CommitReferences } from "./m14-commit-references.ts";

test("what checkpatch says of it is found, other things are not its business", async () => {
  expect(await judgeCheckpatch(m14CommitReferences, "GIT_COMMIT_ID")).toEqual([
    "fail",
    "0001.patch:9",
  ]);
});

test("silence is not-run where the seeded defect is not found", async () => {
  expect(await judgeCheckpatch(m14CommitReferences, "GIT_COMMIT_ID", false)).toEqual(["not-run"]);
  expect(await judgeCheckpatch(m14CommitReferences, "TABS")).toEqual(["not-run"]);
});
