import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries } from "../../../tests/support/series-command.ts";
import { EXIT } from "../../lib/error.ts";

test("two versions are paired by themselves, as text and as JSON with full ids", async () => {
  const dir = await scratchDir();
  const tree = await makeUserTree(dir);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  const lines = (name: string): string =>
    Array.from({ length: 12 }, (_, at) => `int ${name}_${at};\n`).join("");
  const commit = async (name: string, content = lines(name)): Promise<string> => {
    await writeFile(join(tree.dir, `${name}.c`), content);
    await git("add", "-f", "-A");
    await git("commit", "-q", "-m", `mm: add ${name}`);
    return (await git("rev-parse", "HEAD")).trim();
  };
  await mkdir(join(dir, "patches"));
  await writeFile(
    join(dir, "patches", "series.yaml"),
    `name: demo
title: a demo
stage: v1
base: { package: p-1, version: "1", tag: base, commit: ${tree.base} }
stages: { v1: { folder: v1, version: 1, prefix: PATCH }, v2: { folder: v2, version: 2, prefix: PATCH } }
`,
  );
  const old = [await commit("a"), await commit("b"), await commit("c")];
  await git("update-ref", "refs/rfckit/demo/v1", "HEAD");
  await git("checkout", "-q", "--detach", tree.base);
  const now = [await commit("c"), await commit("a", lines("a").replace("_5;", "_five;"))];
  now.push(await commit("d"));
  await git("update-ref", "refs/rfckit/demo/v2", "HEAD");
  const json = await runSeries(dir, tree.dir, ["diff", "v1", "v2", "--format", "json"]);
  expect(json.code).toBe(EXIT.ready);
  const { schemaVersion, pairs } = JSON.parse(json.out) as {
    schemaVersion: number;
    pairs: { status: string; old: unknown; new: unknown; subject: string }[];
  };
  expect(schemaVersion).toBe(1);
  const side = (ids: string[], number: number) => ({ number, commit: ids[number - 1] });
  expect(pairs.toSorted((a, b) => a.subject.localeCompare(b.subject))).toEqual([
    { status: "changed", old: side(old, 1), new: side(now, 2), subject: "mm: add a" },
    { status: "removed", old: side(old, 2), new: null, subject: "mm: add b" },
    { status: "same", old: side(old, 3), new: side(now, 1), subject: "mm: add c" },
    { status: "added", old: null, new: side(now, 3), subject: "mm: add d" },
  ]);
  const text = await runSeries(dir, tree.dir, ["diff", "v1", "v2"]);
  expect(text.out).toMatch(/^1: {2}[0-9a-f]{12} ! 2: {2}[0-9a-f]{12} mm: add a$/m);
  expect(text.out).toContain("+int a_five;");
  const range = [`${tree.base}..${old[2]}`, `${tree.base}..${now[2]}`];
  expect((await runSeries(dir, tree.dir, ["diff", ...range])).out).toBe(text.out);
  expect(await runSeries(dir, tree.dir, ["diff", "v1", "nothing"])).toMatchObject({
    code: EXIT.usage,
  });
});
