import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries, type SeriesRun } from "../../../tests/support/series-command.ts";
import { addStage } from "../../lib/config/add-stage.ts";
import { loadSeriesConfig } from "../../lib/config/load-series-config.ts";
import { EXIT } from "../../lib/error.ts";

let dir = "";
let tree = "";
let base = "";

const git = (...args: string[]): Promise<string> => shell(tree, "git", args);
const series = (...args: string[]): Promise<SeriesRun> => runSeries(dir, tree, args);
const textOf = (name: string): Promise<string> => readFile(join(dir, "patches", name), "utf8");

async function commit(file: string, content: string, message: string): Promise<void> {
  await writeFile(join(tree, file), content);
  await git("add", "-f", "-A");
  await git("commit", "-q", "-m", message);
}

const CONFIG = `# a comment
name: demo
title: a demo
stage: v1 # the current one
base: { package: p-1, version: "1", tag: base, commit: BASE }
stages:
  v1:
    folder: v1
    version: 1
    prefix: RFC PATCH

# waived
waivers: []
`;

beforeEach(async () => {
  dir = await scratchDir();
  const made = await makeUserTree(dir);
  [tree, base] = [made.dir, made.base];
  await git("tag", "base");
  await mkdir(join(dir, "patches", "v1"), { recursive: true });
  await writeFile(join(dir, "patches", "series.yaml"), CONFIG.replace("BASE", base));
  const cover = "mm: a cover\n\nWhy.\n\nApproach\n========\n\nHow.\n";
  await writeFile(join(dir, "patches", "v1", "cover-letter.txt"), cover);
  for (const name of ["a", "b", "c"])
    await commit(`${name}.c`, `int ${name};\n`, `mm: add ${name}`);
  await series("export", "--range", `${base}..mine`);
  await series("apply");
});

test("a version is frozen, and the next one is opened with places for its changelogs", async () => {
  await git("checkout", "-q", "-b", "topic", `${base}`);
  await commit("a.c", "int a;\n", "mm: add a");
  await commit("b.c", "int b;\nint more;\n", "mm: add b");
  await commit("d.c", "int d[100] = { 1, 2, 3 };\n", "mm: add d");
  const dry = await series("reroll", "--range", `${base}..topic`, "--dry-run");
  expect(dry.code).toBe(EXIT.ready);
  expect(await textOf("series.yaml")).not.toContain("v2");
  expect(await git("for-each-ref", "refs/rfckit/frozen")).toBe("");
  const done = await series("reroll", "--range", `${base}..topic`);
  expect(done.out).toContain("changed: mm: add b\n");
  const told = dry.out.replaceAll("would write", "wrote").replaceAll("would move", "moved");
  expect(told.endsWith(done.out)).toBe(true);
  expect(await textOf("v2/cover-letter.txt")).toBe(
    "mm: a cover\n\nWhy.\n\nChanges in v2\n=============\n\n- (what changed?)\n- Dropped: mm: add c\n" +
      "- New patch: mm: add d\n\nApproach\n========\n\nHow.\n",
  );
  expect(await textOf("v2/patch-notes.txt")).toContain(
    "\n== mm: add b\n\nChanges in v2:\n- (what changed?)\n",
  );
  expect(await textOf("series.yaml")).toBe(
    CONFIG.replace("BASE", base)
      .replace("stage: v1", "stage: v2")
      .replace(
        "RFC PATCH\n",
        "RFC PATCH\n  v2:\n    folder: v2\n    version: 2\n    prefix: RFC PATCH\n",
      ),
  );
  const exported = await series("export");
  expect(exported.code).toBe(EXIT.ready);
  expect(exported.talk).toContain("(what changed?)");
  expect(await textOf("v2/0002-mm-add-b.patch")).toContain(
    "---\nChanges in v2:\n- (what changed?)\n\n",
  );
});

test("a frozen version stays as it is, until the freeze is undone", async () => {
  await series("reroll");
  const before = await git("rev-parse", "refs/rfckit/demo/v1");
  expect(await git("rev-parse", "refs/rfckit/frozen/demo/v1")).toBe(before);
  const cut = ["--stage", "v1", "--range", `${base}..mine~1`];
  expect(await series("export", ...cut)).toMatchObject({ code: EXIT.usage });
  await writeFile(join(dir, "plan.yaml"), "commits: [{ message: all, take: [{ rest: '**' }] }]\n");
  const split = await series("split", "v1", "--plan", "plan.yaml", "--stage", "v1");
  expect(split).toMatchObject({ code: EXIT.usage });
  expect(split.talk).toContain("'refs/rfckit/demo/v1' is frozen");
  expect(await git("rev-parse", "refs/rfckit/demo/v1")).toBe(before);
  expect(await series("undo")).toMatchObject({ code: EXIT.ready });
  expect(await git("for-each-ref", "refs/rfckit/frozen", "refs/rfckit/demo/v2")).toBe("");
});

test("done again, it keeps what was written and adds what changed since", async () => {
  await series("reroll");
  const cover = (await textOf("v2/cover-letter.txt")).replace("(what changed?)", "nothing yet");
  await writeFile(join(dir, "patches", "v2", "cover-letter.txt"), cover);
  const again = await series("reroll", "--stage", "v1");
  expect(again.out).not.toMatch(/wrote|moved/);
  await git("checkout", "-q", "-b", "topic", "refs/rfckit/demo/v2");
  await writeFile(join(tree, "c.c"), "int c;\nint more;\n");
  await git("commit", "-q", "-a", "--amend", "--no-edit");
  const more = await series("reroll", "--stage", "v1", "--range", `${base}..topic`);
  expect(more.out).toContain("wrote patches/v2/patch-notes.txt");
  expect(await textOf("v2/cover-letter.txt")).toBe(cover);
  expect(await textOf("v2/patch-notes.txt")).toContain("== mm: add c\n");
  const notes = (await textOf("v2/patch-notes.txt")).replace("(what changed?)", "more");
  await writeFile(join(dir, "patches", "v2", "patch-notes.txt"), notes);
  await series("reroll", "--stage", "v1");
  expect(await textOf("v2/patch-notes.txt")).toBe(notes);
});

test("a version that was not exported, or has no commits, is not frozen", async () => {
  await writeFile(join(dir, "patches", "v1", "0001-mm-add-a.patch"), "other");
  const refused = await series("reroll");
  expect(refused.code).toBe(EXIT.usage);
  expect(refused.talk).toContain("series export --stage v1");
  await git("update-ref", "-d", "refs/rfckit/demo/v1");
  expect((await series("reroll")).talk).toContain("stage 'v1' has no commits");
  expect(await git("for-each-ref", "refs/rfckit/frozen")).toBe("");
});

test("a stage is added in either style of YAML, and the rest stays", async () => {
  const flow = CONFIG.replace("BASE", base).replace(
    /stages:(?:.|\n)*?\n\n/,
    "stages: { v1: { folder: v1, version: 1, prefix: RFC PATCH } }\n\n",
  );
  const stage = { folder: "v2", version: 2, prefix: "RFC PATCH" };
  const path = join(dir, "patches", "series.yaml");
  await writeFile(path, addStage(flow, { name: "v2", stage }, path));
  expect(await loadSeriesConfig(dir)).toMatchObject({ stage: "v2", stages: { v2: stage } });
  expect(await textOf("series.yaml")).toContain("# waived");
});
