import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { gitIn, makeRepo, splitTip } from "../../../tests/support/split-repo.ts";
import { undoOperation } from "../operation/undo-operation.ts";
import { applySeries } from "../series/apply-series.ts";
import { exportSeries } from "../series/export-series.ts";
import { readCommits } from "./commits.ts";

test("a repository that names its objects by SHA-256 is split, exported, applied, undone", async () => {
  const repo = makeRepo(
    [
      { tree: { x: ["100644", "x\n"], gone: ["100644", "g\n"] } },
      { tree: { x: ["100644", "x\ny\n"], a: ["100755", "a\n"], b: ["120000", "a"] } },
    ],
    "sha256",
  );
  onTestFinished(repo.end);
  const before = gitIn(repo.dir, ["rev-parse", "main", "main^{tree}"]).split("\n");
  expect(before[0]).toHaveLength(64);
  await splitTip(repo, [
    { message: "mm: a", take: [{ path: "a" }] },
    { message: "mm: rest", take: [{ rest: "**" }] },
  ]);
  expect(gitIn(repo.dir, ["rev-parse", "main^{tree}"])).toBe(before[1]);
  const base = gitIn(repo.dir, ["rev-parse", "main~2"]);
  const dir = join(repo.dir, ".git", "mails");
  mkdirSync(dir);
  writeFileSync(join(dir, "cover-letter.txt"), "mm: cover\n\nText.\n");
  const shared = {
    tree: { dir: repo.dir, gitDir: join(repo.dir, ".git"), own: true },
    tempRoot: join(repo.dir, ".git", "tmp"),
    signal: new AbortController().signal,
  };
  const stage = { folder: "v1", version: 1, prefix: "PATCH" };
  await exportSeries({ ...shared, dir, stage, base, tip: "main" });
  const ref = "refs/rfckit/demo/v1";
  const { tip } = await applySeries({ ...shared, mails: dir, base, ref, nowS: 1 });
  const trees = async (range: string): Promise<string[]> =>
    (await readCommits(repo.git, [range])).map(({ tree }) => tree);
  expect(await trees(`${base}..${tip}`)).toEqual(await trees(`${base}..main`));
  const undo = { git: repo.git, kind: "undo" as const, nowS: 2, dryRun: false };
  await undoOperation(undo);
  await undoOperation(undo);
  expect(gitIn(repo.dir, ["rev-parse", "main"])).toBe(before[0]);
  expect(gitIn(repo.dir, ["fsck", "--strict"])).toBe("");
});
