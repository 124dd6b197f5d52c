import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runSeries, type SeriesRun } from "../../../tests/support/series-command.ts";
import { EXIT } from "../../lib/error.ts";

const PREREQUISITES = /^base-commit: [0-9a-f]+\n(?:prerequisite-patch-id: [0-9a-f]+\n)+/m;

/** Stage v1 of two patches, and stage next of two more that come after them. */
async function openLab() {
  const dir = await scratchDir();
  const tree = await makeUserTree(dir);
  const git = (...args: string[]): Promise<string> => shell(tree.dir, "git", args);
  const commit = async (file: string, content: string): Promise<string> => {
    await writeFile(join(tree.dir, file), content);
    await git("add", "-f", "-A");
    await git("commit", "-q", "-m", `mm: change ${file} to ${content.trim()}`);
    return (await git("rev-parse", "HEAD")).trim();
  };
  const stage = (name: string, more: string): string =>
    `  ${name}: { folder: ${name}, version: 1, prefix: RFC PATCH${more} }`;
  await mkdir(join(dir, "patches"));
  await writeFile(
    join(dir, "patches", "series.yaml"),
    `name: demo
title: a demo
stage: next
base: { package: p-1, version: "1", tag: base, commit: ${tree.base} }
stages:
${stage("v1", "")}
${stage("next", ", after: v1")}
`,
  );
  for (const name of ["v1", "next"]) {
    await mkdir(join(dir, "patches", name));
    await writeFile(join(dir, "patches", name, "cover-letter.txt"), `mm: ${name}\n\nWhy.\n`);
  }
  await commit("a.c", "int a;\n");
  const middle = await commit("mm/no-newline.c", "int b;");
  await commit("a.c", "int c;\n");
  const tip = await commit("b.c", "int d;\n");
  const series = (...args: string[]): Promise<SeriesRun> => runSeries(dir, tree.dir, args);
  const cover = (name: string): Promise<string> =>
    readFile(join(dir, "patches", name, "0000-cover-letter.patch"), "utf8");
  return { dir, tree, git, series, cover, middle, tip, commit };
}

async function exportBoth({ series, tree, middle, tip }: Awaited<ReturnType<typeof openLab>>) {
  const first = ["export", "--stage", "v1", "--range", `${tree.base}..${middle}`];
  expect(await series(...first)).toMatchObject({ code: EXIT.ready });
  // The commits of v1 as its mails make them: what the next stage stands on.
  expect(await series("apply", "--stage", "v1")).toMatchObject({ code: EXIT.ready });
  expect(await series("export", "--range", `${middle}..${tip}`)).toMatchObject({
    code: EXIT.ready,
  });
}

test("the cover letter of a later stage names base and patches as git format-patch does", async () => {
  const lab = await openLab();
  await exportBoth(lab);
  const { git, cover, tree, middle, tip } = lab;
  expect(await cover("v1")).not.toContain("prerequisite");
  const named = PREREQUISITES.exec(await cover("next"))?.[0];
  const plain = ["-c", "diff.noprefix=false", "format-patch", "--stdout", "--cover-letter"];
  const theirs = await git(...plain, `--base=${tree.base}`, `${middle}..${tip}`);
  expect(named).toBe(PREREQUISITES.exec(theirs)?.[0]);
  expect(named?.split("\n")).toHaveLength(4);
  expect(await readdir(join(lab.dir, "patches", "next"))).toHaveLength(4);
});

test("apply, export and status of a later stage start where the one before ends", async () => {
  const lab = await openLab();
  await exportBoth(lab);
  const { series, git, cover, tree, tip } = lab;
  const sent = await cover("next");
  expect(await series("apply")).toMatchObject({ code: EXIT.ready });
  const [v1, next] = ["refs/rfckit/demo/v1", "refs/rfckit/demo/next"];
  expect(await git("merge-base", v1, next)).toBe(await git("rev-parse", v1));
  expect(await git("rev-parse", `${next}^{tree}`)).toBe(await git("rev-parse", `${tip}^{tree}`));
  const again = await series("export");
  expect(again.out).toBe("3 files unchanged\n");
  expect((await series("status")).out).toContain("2 commits");
  expect(await cover("next")).toBe(sent);
  const paired = await series("diff", "next", "next", "--format", "json");
  expect((JSON.parse(paired.out) as { pairs: unknown[] }).pairs).toHaveLength(2);
  expect(sent).toContain(`base-commit: ${tree.base}`);
});

test("git am takes the mails of both stages in order, on the base that is named", async () => {
  const lab = await openLab();
  await exportBoth(lab);
  const { git, cover, dir, tip } = lab;
  const base = /^base-commit: ([0-9a-f]+)$/m.exec(await cover("next"))?.[1] ?? "";
  await git("checkout", "-q", "--detach", base);
  for (const stage of ["v1", "next"]) {
    const names = (await readdir(join(dir, "patches", stage))).filter((it) => /^0+[1-9]/.test(it));
    const mails = names.toSorted().map((name) => join(dir, "patches", stage, name));
    await git("am", "-q", "--no-gpg-sign", "--no-signoff", ...mails);
  }
  expect(await git("rev-parse", "HEAD^{tree}")).toBe(await git("rev-parse", `${tip}^{tree}`));
});

test("a stage before that does not apply is told with its patch", async () => {
  const lab = await openLab();
  await exportBoth(lab);
  const file = join(lab.dir, "patches", "v1", "0002-mm-change-mm-no-newline.c-to-int-b.patch");
  await writeFile(file, (await readFile(file, "utf8")).replace("-int c;", "-int z;"));
  const { code, talk } = await lab.series("status");
  expect(code).toBe(EXIT.usage);
  expect(talk).toContain("0002-mm-change-mm-no-newline.c");
});
