import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries, type SeriesRun } from "../../../tests/support/series-command.ts";
import { EXIT } from "../../lib/error.ts";

let dir = "";
let tree = "";

beforeEach(async () => {
  dir = await scratchDir();
  const made = await makeUserTree(dir);
  tree = made.dir;
  await shell(tree, "git", ["tag", "base"]);
  for (const [name, content] of [
    ["Documentation/mm/hbf.rst", "text\n"],
    ["include/uapi/linux/hbf.h", "#define HBF 1\n"],
    ["mm/hbf.c", "int hbf;\nint hbf_two;\n"],
    ["mm/Kconfig", "config HBF\n"],
    ["samples/hbf/demo.c", "int main;\n"],
    ["tools/testing/selftests/mm/hbf.c", "int test;\n"],
    ["MAINTAINERS", "HBF\nF:\tmm/hbf.c\nF:\tsamples/hbf/\n"],
  ] as const) {
    await mkdir(join(tree, name, ".."), { recursive: true });
    await writeFile(join(tree, name), content);
  }
  await shell(tree, "git", ["add", "-A"]);
  await shell(tree, "git", ["commit", "-q", "-m", "mm: add hints"]);
  await mkdir(join(dir, "patches", "v1"), { recursive: true });
  await writeFile(
    join(dir, "patches", "series.yaml"),
    `name: demo
title: a demo
stage: v1
base: { package: p-1, version: "1", tag: base, commit: ${made.base} }
stages:
  v1: { folder: v1, version: 1, prefix: RFC PATCH }
`,
  );
});

const series = (...args: string[]): Promise<SeriesRun> => runSeries(dir, tree, args);

const git = (...args: string[]): Promise<string> => shell(tree, "git", args);
const subjects = async (range: string): Promise<string[]> =>
  (await git("log", "--reverse", "--format=%s", range)).trim().split("\n");

test("a proposed plan is complete, in the usual order, and can be split by", async () => {
  const end = await git("rev-parse", "mine^{tree}");
  expect((await series("split", "mine", "--propose", "plan.yaml")).code).toBe(EXIT.ready);
  const plan = await readFile(join(dir, "plan.yaml"), "utf8");
  expect(plan).toContain('# documentation\n      - path: "Documentation/mm/hbf.rst"');
  expect(await series("split", "mine", "--check", "--plan", "plan.yaml")).toMatchObject({
    code: EXIT.ready,
    out: "the plan takes everything once, in 5 commits\n",
  });
  expect((await series("split", "mine", "--plan", "plan.yaml")).code).toBe(EXIT.ready);
  expect((await subjects("base..mine")).map((line) => line.replace(/: part of.*/, ""))).toEqual([
    "docs",
    "uapi",
    "mm",
    "selftests/mm",
    "samples",
  ]);
  expect(await git("show", "mine~4:MAINTAINERS")).toBe("HBF\n");
  expect(await git("show", "mine~2:MAINTAINERS")).toBe("HBF\nF:\tmm/hbf.c\n");
  expect(await git("rev-parse", "mine^{tree}")).toBe(end);
  expect(await git("status", "--porcelain")).toBe("");
});

test("a plan that is there is not overwritten", async () => {
  await writeFile(join(dir, "plan.yaml"), "mine\n");
  const again = await series("split", "mine", "--propose", "plan.yaml");
  expect(again).toMatchObject({
    code: EXIT.usage,
    talk: expect.stringContaining("is there already"),
  });
  expect(await readFile(join(dir, "plan.yaml"), "utf8")).toBe("mine\n");
});

test("the plan of an existing series makes the same commits of the squashed one", async () => {
  await series("split", "mine", "--propose", "plan.yaml");
  await series("split", "mine", "--plan", "plan.yaml", "--into", "refs/heads/parts");
  await series("split", "mine", "--propose", "like.yaml", "--like", "base..parts");
  const into = ["--into", "refs/heads/again"];
  expect((await series("split", "mine", "--plan", "like.yaml", ...into)).code).toBe(EXIT.ready);
  expect(await git("rev-parse", "again")).toBe(await git("rev-parse", "parts"));
});

test("a series with a line that only passes by is not a split, and the line is named", async () => {
  for (const content of ["int a;\n", "int hbf;\nint hbf_two;\n"]) {
    await writeFile(join(tree, "mm/hbf.c"), content);
    await git("commit", "-q", "-a", "--allow-empty", "-m", "more");
  }
  const range = ["split", "base..mine", "--propose", "--like", "base..mine"];
  expect(await series(...range)).toMatchObject({
    code: EXIT.usage,
    talk: expect.stringContaining(
      "commit 1 adds a line to 'mm/hbf.c' that commit 2 removes again: 'int hbf;'",
    ),
  });
});

test("--check tells every problem and exits 1, the split itself exits 2", async () => {
  const plan = "commits:\n  - message: m\n    take:\n      - path: mm/hbf.c\n      - symbol: no\n";
  await writeFile(join(dir, "patches", "v1", "split-plan.yaml"), plan);
  const check = await series("split", "mine", "--check");
  expect(check.code).toBe(EXIT.findings);
  expect(check.out).toMatch(/split-plan\.yaml:5:17: takes nothing: .*'no'/);
  expect(check.out).toMatch(/:1:1: no commit takes MAINTAINERS [0-9a-f]{12} \(\+3\)/);
  expect((await series("split", "mine")).code).toBe(EXIT.usage);
  expect(await subjects("base..mine")).toEqual(["mm: add hints"]);
});

test("log, undo and redo tell what moved; a dry run moves nothing", async () => {
  expect((await series("log")).talk).toContain("no operation");
  expect((await series("undo")).code).toBe(EXIT.usage);
  await writeFile(
    join(dir, "plan.yaml"),
    "commits:\n  - { message: all, take: [{ rest: '**' }] }\n",
  );
  const dry = await series("split", "mine", "--plan", "plan.yaml", "--dry-run");
  expect(dry.out).toContain("would move refs/heads/mine from ");
  expect(await subjects("base..mine")).toEqual(["mm: add hints"]);
  await series("split", "mine", "--plan", "plan.yaml");
  expect(await subjects("base..mine")).toEqual(["all"]);
  expect((await series("undo", "--dry-run")).out).toContain("would undo 1: split ");
  await series("undo");
  expect(await subjects("base..mine")).toEqual(["mm: add hints"]);
  await series("redo");
  expect(await subjects("base..mine")).toEqual(["all"]);
  expect((await series("log")).out.trim().split("\n")).toHaveLength(3);
});

test("diff pairs the patches of two ranges", async () => {
  await series("split", "mine", "--propose", "plan.yaml");
  await series("split", "mine", "--plan", "plan.yaml", "--into", "refs/heads/parts");
  const fewer = (await readFile(join(dir, "plan.yaml"), "utf8")).replace(
    "message: |\n      docs",
    "message: |\n      text",
  );
  await writeFile(join(dir, "plan.yaml"), fewer);
  await series("split", "mine", "--plan", "plan.yaml", "--into", "refs/heads/other");
  const json = JSON.parse(
    (await series("diff", "base..parts", "base..other", "--format", "json")).out,
  );
  expect(json.pairs.map((pair: { status: string }) => pair.status)).toEqual([
    "changed",
    ...Array.from({ length: 4 }, () => "same"),
  ]);
  const { out } = await series("diff", "base..parts", "base..other~2");
  expect(out).toMatch(/^1: {2}[0-9a-f]+ ! 1: {2}[0-9a-f]+ docs: part of/m);
  expect(out).toMatch(/^5: {2}[0-9a-f]+ < -: {2}-+ samples: part of/m);
});

test("--list names changes; a range without a ref needs --into", async () => {
  const { out } = await series("split", "mine", "--list");
  expect(out).toMatch(/^mm\/hbf\.c\n {2}[0-9a-f]{12} {2}\+2 at line 1: int hbf;$/m);
  await series("split", "mine", "--propose", "plan.yaml");
  const id = (await git("rev-parse", "mine")).trim();
  expect(await series("split", id, "--plan", "plan.yaml")).toMatchObject({
    code: EXIT.usage,
    talk: expect.stringContaining("--into refs/heads/NAME"),
  });
});

test("a message that a mail would cut is told with its place, before anything moves", async () => {
  await writeFile(
    join(dir, "plan.yaml"),
    `commits:
  - message: |
      mm: all

      diff -u shows it

      Fixes: 123456789012 ("mm: x")
    take: [{ rest: "**" }]
`,
  );
  const checked = await series("split", "mine", "--check", "--plan", "plan.yaml");
  expect(checked.code).toBe(EXIT.ready);
  expect(checked.talk).toContain(
    `${join(dir, "plan.yaml")}:2:14: in a mail 'diff -u shows it' ends`,
  );
});
