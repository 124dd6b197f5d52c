import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { applySeries } from "./apply-series.ts";
import { exportSeries } from "./export-series.ts";
import { parsePatchNotes, renderPatchNotes } from "./patch-notes.ts";
import { roundTrip } from "./round-trip.ts";

const STAGE = { folder: "v2", version: 2, prefix: "PATCH" };

async function openLab() {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  for (const name of ["a", "b", "c"]) {
    await writeFile(join(tree.dir, `${name}.c`), `int ${name};\n`);
    await git("add", "-f", "-A");
    await git("commit", "-q", "-m", `mm: add ${name}\n\nText.`);
  }
  const dir = join(root, "v2");
  await mkdir(dir);
  const shared = { tree, tempRoot: join(root, "tmp"), signal: new AbortController().signal };
  const request = { ...shared, stage: STAGE, dir, base: tree.base, tip: "HEAD" };
  return { git, dir, request, tree };
}

test("notes stand below '---', stay out of the commit, and survive export and apply", async () => {
  const { dir, request, git } = await openLab();
  const note = "Changes in v2:\n- rename ä";
  await writeFile(
    join(dir, "patch-notes.txt"),
    renderPatchNotes([{ subject: "mm: add b", text: note }]),
  );
  await exportSeries(request);
  const mail = await readFile(join(dir, "0002-mm-add-b.patch"), "utf8");
  expect(mail).toContain(`\nText.\n---\n${note}\n\n b.c | 1 +\n`);
  const ref = "refs/rfckit/demo/v2";
  await applySeries({ ...request, mails: dir, ref, nowS: 1 });
  expect(await git("log", "--format=%B", "-1", `${ref}~1`)).toBe("mm: add b\n\nText.\n\n");
  expect(await exportSeries({ ...request, tip: ref })).toMatchObject({ written: [], removed: [] });
  expect((await roundTrip(request)).differences).toEqual([]);
});

test("notes for no patch, and notes that git would take for a diff, are refused", async () => {
  const { dir, request } = await openLab();
  const file = join(dir, "patch-notes.txt");
  await writeFile(file, "head\n\n== mm: add x\n\ntext\n");
  const want = { kind: "config", code: "patch-notes-stale" };
  await expect(exportSeries(request)).rejects.toMatchObject({
    ...want,
    message: "patch-notes.txt:3: no patch has the subject 'mm: add x'",
  });
  await writeFile(file, "== mm: add a\n\ndiff --git a/x b/x\n");
  await expect(exportSeries(request)).rejects.toMatchObject(want);
});

test("the file of notes is read as it is written", () => {
  const notes = [
    { subject: "mm: a", text: "one\n\ntwo" },
    { subject: "mm: b", text: "three" },
  ];
  const read = parsePatchNotes(Buffer.from(renderPatchNotes(notes)));
  expect(read.map(({ subject, text }) => ({ subject, text }))).toEqual(notes);
});

test("commits before the series are named as git format-patch names them", async () => {
  const { dir, request, git, tree } = await openLab();
  await writeFile(join(dir, "cover-letter.txt"), "mm: cover\n\nText.\n");
  await exportSeries({ ...request, base: "HEAD~1", published: tree.base });
  const ours = await readFile(join(dir, "0000-cover-letter.patch"), "utf8");
  const lines = /^base-commit.*\n(?:prerequisite-patch-id: [0-9a-f]{40}\n){2}/m;
  const theirs = await git(
    "-c",
    "diff.noprefix=false",
    "format-patch",
    "--stdout",
    `--base=${tree.base}`,
    "-1",
  );
  expect(lines.exec(ours)?.[0]).toBe(lines.exec(theirs)?.[0]);
  expect(lines.exec(ours)?.[0]).toContain(`base-commit: ${tree.base}`);
  await exportSeries({ ...request, base: "HEAD~1", published: "HEAD" });
  const unpublished = await readFile(join(dir, "0000-cover-letter.patch"), "utf8");
  expect(unpublished).not.toContain("prerequisite");
});
