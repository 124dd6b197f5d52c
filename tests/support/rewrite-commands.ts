import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { locateStage, parseSeriesConfig } from "../../tools/lib/config/load-series-config.ts";
import { undoOperation } from "../../tools/lib/operation/undo-operation.ts";
import { applySeries } from "../../tools/lib/series/apply-series.ts";
import { exportSeries } from "../../tools/lib/series/export-series.ts";
import { readMails } from "../../tools/lib/series/open-mailbox.ts";
import { rerollSeries } from "../../tools/lib/series/reroll-series.ts";
import { splitCommits } from "../../tools/lib/split/split-commits.ts";
import { addTrailers } from "../../tools/lib/trailers/add-trailers.ts";
import { gitIn, MY_EMAIL, openTestRepo, planOf, requestOf } from "./split-repo.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

/** Every command that moves refs, on the repository that `prepareRewrites` made. */
export function rewriteCommands(dir: string): Readonly<Record<string, () => Promise<unknown>>> {
  const repo = openTestRepo(dir);
  const projectDir = join(dir, ".git", "project");
  const at = (name: string): string => gitIn(dir, ["rev-parse", name]);
  const shared = {
    tree: { dir, gitDir: join(dir, ".git"), own: true },
    tempRoot: join(dir, ".git", "tmp"),
    signal: new AbortController().signal,
    nowS: 1_700_001_000,
    dryRun: false,
  };
  const base = at("main~1");
  const config = parseSeriesConfig(configOf(base), "series.yaml");
  const old = locateStage(config, projectDir, "v1");
  const rest = { message: "rest", take: [{ rest: "**" }] };
  const plan = planOf([...NAMES.map((path) => ({ message: path, take: [{ path }] })), rest]);
  const undo = (kind: "undo" | "redo") => () => undoOperation({ ...shared, git: repo.git, kind });
  return {
    split: () => splitCommits(requestOf(repo, plan)),
    undo: undo("undo"),
    redo: undo("redo"),
    export: () => exportSeries({ ...shared, dir: old.dir, stage: old.stage, base, tip: "main" }),
    apply: () => applySeries({ ...shared, mails: old.dir, base, ref: old.ref }),
    async trailers() {
      const mails = await readMails({ ...shared, paths: [join(projectDir, "box")] });
      const range = { base, tip: at("main"), source: "refs/heads/main" };
      await addTrailers({ ...shared, ...range, mails, ownEmails: [MY_EMAIL] });
    },
    reroll: () =>
      rerollSeries({
        ...shared,
        projectDir,
        base,
        old,
        next: {
          name: "v2",
          stage: { ...old.stage, folder: "v2", version: 2 },
          dir: join(projectDir, "patches", "v2"),
          ref: old.ref.replace("v1", "v2"),
        },
      }),
  };
}

function configOf(base: string): string {
  return `name: demo
title: a demo
stage: v1
base: { package: p-1, version: "1", tag: base, commit: ${base} }
stages: { v1: { folder: v1, version: 1, prefix: PATCH } }
`;
}

/** Lays a project with a series and a mailbox beside the repository at `dir`. */
export function prepareRewrites(dir: string): void {
  const projectDir = join(dir, ".git", "project");
  mkdirSync(join(projectDir, "patches", "v1"), { recursive: true });
  const base = gitIn(dir, ["rev-parse", "main~1"]);
  writeFileSync(join(projectDir, "patches", "series.yaml"), configOf(base));
  writeFileSync(join(projectDir, "patches", "v1", "cover-letter.txt"), "cover\n\nText.\n");
  const args = ["-C", dir, "format-patch", "--stdout", "main~1..main"];
  const mail = execFileSync("git", args, { encoding: "latin1" });
  const tagged = mail.replace("\n---\n", "\nAcked-by: P <p@example.org>\n---\n");
  writeFileSync(join(projectDir, "box"), Buffer.from(tagged, "latin1"));
}
