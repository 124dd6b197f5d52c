import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries, type SeriesRun } from "../../../tests/support/series-command.ts";
import { EXIT } from "../../lib/error.ts";

async function openLab() {
  const dir = await scratchDir();
  const tree = await makeUserTree(dir);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  await mkdir(join(dir, "patches"));
  await writeFile(
    join(dir, "patches", "series.yaml"),
    `name: demo
title: a demo
stage: v1
base: { package: p-1, version: "1", tag: base, commit: ${tree.base} }
stages: { v1: { folder: v1, version: 1, prefix: PATCH } }
`,
  );
  await writeFile(join(tree.dir, "a.c"), "int a;\n");
  await git("add", "-f", "-A");
  const message = "mm: a\n\nText.\n---\nSigned-off-by: A <a@example.org>\n";
  await git("commit", "-q", "--cleanup=verbatim", "-m", message);
  const plain = ["-c", "diff.noprefix=false", "-c", "format.signOff=false"];
  const mail = await git(...plain, "format-patch", "--stdout", "-1");
  const box = join(dir, "some topic.mbox");
  await writeFile(box, mail);
  const apply = (...args: string[]): Promise<SeriesRun> =>
    runSeries(dir, tree.dir, ["apply", ...args]);
  return { box, mail, git, apply, base: tree.base };
}

test("a mailbox becomes commits under a ref of its own, with a word on what it lost", async () => {
  const { box, mail, git, apply, base } = await openLab();
  const dry = await apply(box, "--dry-run");
  expect(dry.code).toBe(EXIT.ready);
  expect(await git("for-each-ref", "refs/rfckit")).toBe("");
  const done = await apply(box);
  expect(done.code).toBe(EXIT.ready);
  expect(done.talk).toContain("warning: ");
  expect(done.talk).toContain("'Signed-off-by: A <a@example.org>' is lost");
  expect(done.talk).toContain("name no base-commit");
  const ref = "refs/rfckit/am/some-topic";
  expect(dry.out).toContain((await git("rev-parse", ref)).trim());
  expect(await git("log", "--format=%B", `${base}..${ref}`)).toBe("mm: a\n\nText.\n\n");
  expect(await git("rev-parse", `${ref}^{tree}`)).toBe(await git("rev-parse", "HEAD^{tree}"));
  const other = await apply(box, "--as", "other", "--base", "mine~1");
  expect(other).toMatchObject({ code: EXIT.ready });
  expect(await git("rev-parse", "refs/rfckit/am/other")).toBe(await git("rev-parse", ref));
  expect((await apply(box, "--as", "../x")).code).toBe(EXIT.usage);
  const id = "1234567890".repeat(4);
  await writeFile(box, `${mail}base-commit: ${base}\nprerequisite-patch-id: ${id}\n`);
  const based = await apply(box);
  expect(based.talk).toContain("come after 1 patch that they name");
  expect(based.talk).not.toContain("base-commit");
  expect(based.out).toContain("is already");
});

test("a bad mailbox ends with exit code 2 and its place, and nothing has changed", async () => {
  const { box, mail, git, apply } = await openLab();
  await writeFile(box, mail.replaceAll("b/a.c", "b/../a.c"));
  const refs = await git("for-each-ref");
  const done = await apply(box);
  expect(done).toMatchObject({ code: EXIT.usage, out: "" });
  expect(done.talk).toMatch(
    /some topic\.mbox:\d+: not a sound patch: the path '..\/a.c' leads out/,
  );
  expect(await git("for-each-ref")).toBe(refs);
});
