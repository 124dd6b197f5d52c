import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { loadSeriesConfig, locateStage } from "../config/load-series-config.ts";
import { loadSplitPlan } from "../config/load-split-plan.ts";
import { obtainKernelTree } from "../kernel/find-tree.ts";
import { applySeries } from "../series/apply-series.ts";
import { splitCommits } from "./split-commits.ts";

test("the prototype of v0, split by the plan of v1, is v1: the same commit ids", async () => {
  const project = resolve(import.meta.dirname, "../../..");
  const dir = await scratchDir();
  const { signal } = new AbortController();
  const config = await loadSeriesConfig(project);
  const base = config.base.commit;
  const found = await obtainKernelTree({
    base: config.base,
    env: process.env,
    cwd: dir,
    signal,
    onProgress: () => {},
  });
  await shell(dir, "git", ["clone", "-q", "--shared", "--bare", found.dir, "tree.git"]);
  const tree = { dir: join(dir, "tree.git"), gitDir: join(dir, "tree.git"), own: true };
  const nowS = 1_700_000_000;
  const shared = { tree, tempRoot: join(dir, "tmp"), signal, nowS };
  const [v0, v1] = ["v0", "v1"].map((name) => locateStage(config, project, name));
  if (v0 === undefined || v1 === undefined) throw new Error("the stages are gone");
  const prototype = await applySeries({ ...shared, base, mails: v0.dir, ref: v0.ref });
  const series = await applySeries({
    ...shared,
    base,
    mails: v1.dir,
    ref: "refs/rfckit/hbf/mails",
  });
  const split = await splitCommits({
    ...shared,
    base,
    tip: prototype.tip,
    source: v0.ref,
    into: v1.ref,
    plan: await loadSplitPlan(join(v1.dir, "split-plan.yaml")),
    ownEmails: [],
    dryRun: false,
  });
  expect(prototype.commits).toHaveLength(1);
  expect(split.commits.map((commit) => commit.id)).toEqual(
    series.commits.map((commit) => commit.commit),
  );
});
