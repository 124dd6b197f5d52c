import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  GOOD_CHECKPATCH,
  makeGateTree,
  reportOf,
  rfckitHere,
} from "../../../tests/support/gate-tree.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import type { GateReport } from "../reporters/gate-report.ts";

const COMMITS = [
  { message: "mm: add b\n\nBecause.\n\nChange-Id: I01", files: { "mm/a.c": "int a;\nint b;\n" } },
  { message: "mm: add c\n\nMore.", files: { "mm/c.h": "/* c */\n" } },
];
const TOTAL = 3;

let tree = "";
let root = "";
const files: string[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rfckit-shards-"));
  tree = await makeGateTree(COMMITS, GOOD_CHECKPATCH, root);
  for (let index = 1; index <= TOTAL; index += 1) {
    const file = join(tree, "..", `shard-${index}.json`);
    await ready("--shard", `${index}/${TOTAL}`, "--format", `json=${file}`, "--format", "text");
    files.push(file);
  }
});
afterAll(() => rm(root, { recursive: true, force: true }));

const ready = (...more: string[]) => {
  const what = ["--tree", tree, "--range", "base..topic", "--profile", "quick"];
  return rfckitHere(tree, ["ready", ...what, ...more]);
};
const merge = (...args: string[]) => rfckitHere(tree, ["report", "merge", ...args]);
/** What two runs of the same checks may differ in. */
const steady = (report: GateReport) => ({
  ...report,
  checks: report.checks.map((check) => ({ ...check, durationMs: 0, fromCache: false })),
});

describe("rfckit report merge", () => {
  test("the shards together are the whole, whatever their order", async () => {
    const whole = await ready("--format", "json");
    const merged = await merge("--format", "json", ...files.toReversed());
    expect(merged.code).toBe(whole.code);
    expect(whole.code).toBe(1);
    expect(steady(reportOf(merged))).toEqual(steady(reportOf(whole)));
  });

  test("a shard has a part of the checks, says so, and its good verdict is none of a series", async () => {
    const parts = await Promise.all(files.map((file) => readFile(file, "utf8")));
    const reports = parts.map((text) => JSON.parse(text) as GateReport);
    expect(reports.map(({ shard }) => shard)).toEqual([
      { index: 1, total: 3 },
      { index: 2, total: 3 },
      { index: 3, total: 3 },
    ]);
    expect(reports.map(({ verdict }) => verdict)).not.toContain("ready");
    expect((await ready("--shard", "900/900")).stdout).toContain("no finding in shard 900/900");
  });

  test.each([
    ["a missing shard", (all: string[]) => all.slice(1), "no report of shard 1/3"],
    ["a shard twice", (all: string[]) => [...all, all[0] ?? ""], "are both shard 1/3"],
    ["a file that is none", () => ["nowhere.json"], "is no report"],
  ])("%s is a wrong use", async (_, choose, message) => {
    const answer = await merge(...choose(files));
    expect([answer.code, answer.stdout]).toEqual([2, ""]);
    expect(answer.stderr).toContain(message);
  });

  test("a report of other patches is refused", async () => {
    const dir = await scratchDir();
    const other = JSON.parse(await readFile(files[1] ?? "", "utf8")) as GateReport;
    const file = join(dir, "other.json");
    await writeFile(file, JSON.stringify({ ...other, series: { ...other.series, base: "0" } }));
    const answer = await merge(files[0] ?? "", file, files[2] ?? "");
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain("series differs");
  });

  test.each(["0/3", "4/3", "1", "1/0", "a/b"])("'--shard %s' is a wrong use", async (shard) => {
    expect((await ready("--shard", shard)).code).toBe(2);
  });
});
