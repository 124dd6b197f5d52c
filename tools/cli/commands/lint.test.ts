import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runGit } from "../../lib/git/git.ts";
import { runCommandLine } from "../run-command-line.ts";

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function rfckit(cwd: string, ...argv: string[]): Promise<Answer> {
  let stdout = "";
  let stderr = "";
  const code = await runCommandLine(argv, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    env: { HOME: join(cwd, "home") },
    cwd,
    projectDir: cwd,
    packageDir: cwd,
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr };
}

async function makeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await scratchDir();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}

/** A small tree that looks like a kernel, in git, with one commit. */
async function makeKernel(files: Readonly<Record<string, string>>): Promise<string> {
  const top = { MAINTAINERS: "", Kconfig: "config NUMA\n", "mm/memory.c": "" };
  const index = { "Documentation/index.rst": ".. toctree::\n   :glob:\n\n   *\n   mm/*\n" };
  const dir = await makeFiles({ ...top, ...index, ...files });
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
    [...who, "commit", "-q", "-m", "base"],
  ]) {
    expect((await runGit({ dir, args })).code).toBe(0);
  }
  return dir;
}

const SPDX = ".. SPDX-License-Identifier: GPL-2.0\n\n";

test("a clean file gives nothing and exit code 0", async () => {
  const dir = await makeFiles({ "a.rst": `${SPDX}=\nA\n=\n\ntext\n`, "b.md": "# B\n\ntext\n" });
  const { code, stdout } = await rfckit(dir, "lint", "a.rst", "b.md");
  expect([code, stdout]).toEqual([0, ""]);
});

test("a finding is one line with place and rule, and exit code 1", async () => {
  const dir = await makeFiles({ "doc/a.rst": `${SPDX}of the the page\n` });
  const { code, stdout, stderr } = await rfckit(dir, "lint", "doc");
  expect(code).toBe(1);
  expect(stdout).toBe("doc/a.rst:3:8: warning: 'the' stands twice [repeated-word]\n");
  expect(stderr).toContain("not run: ");
});

test("json has the findings and the rules that did not run", async () => {
  const dir = await makeFiles({ "a.rst": `${SPDX}of the the page\n` });
  const { stdout } = await rfckit(dir, "lint", "--format", "json", "a.rst");
  const report: unknown = JSON.parse(stdout);
  expect(report).toMatchObject({
    schemaVersion: 1,
    files: 1,
    findings: [{ id: "repeated-word", place: { file: "a.rst", line: 3, column: 8 } }],
    notRun: [{ rules: expect.arrayContaining(["undefined-label"]) }],
  });
});

test.each([
  ["a missing path", ["gone"], /cannot be read/],
  ["a file of another kind", ["a.c"], /neither .rst nor .md/],
  ["an unknown format", ["--format", "xml", "a.rst"], /use text or json/],
  ["an unknown rule", ["--explain", "nothing"], /there is no rule/],
])("%s is a usage error", async (_name, argv, words) => {
  const dir = await makeFiles({ "a.c": "", "a.rst": "" });
  const { code, stdout, stderr } = await rfckit(dir, "lint", ...argv);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(words);
});

test("in a kernel tree the other documents, files and symbols count", async () => {
  const dir = await makeKernel({
    "Documentation/mm/one.rst": ".. _one:\n\nOne\n===\n\nold order\n",
    "Documentation/mm/two.rst": ":ref:`one` :ref:`gone` mm/memory.c mm/gone.c\n",
    "Documentation/mm/three.rst": "CONFIG_NUMA CONFIG_GONE\n",
  });
  const { stdout, stderr } = await rfckit(dir, "lint", "Documentation");
  expect(stdout.split("\n")).toEqual([
    "Documentation/mm/three.rst:1:13: warning: no Kconfig file has 'CONFIG_GONE' [undefined-config]",
    "Documentation/mm/two.rst:1:12: error: no document has the label 'gone' [undefined-label]",
    "Documentation/mm/two.rst:1:36: warning: there is no file 'mm/gone.c' [undefined-path]",
    "",
  ]);
  expect(stderr).not.toContain("not run");
});

test("rules for new text look at changed and new files only", async () => {
  const old = "Title\n=====\n\ntext\n";
  const dir = await makeKernel({ "Documentation/a.rst": old, "Documentation/b.rst": old });
  await writeFile(join(dir, "Documentation/b.rst"), `${old}\nmore\n`);
  await writeFile(join(dir, "Documentation/c.rst"), old);
  const { stdout } = await rfckit(dir, "lint", "Documentation");
  const files = stdout.split("\n").map((line) => line.split(":")[0]);
  expect([...new Set(files)]).toEqual(["Documentation/b.rst", "Documentation/c.rst", ""]);
  expect(stdout).toMatch(/adornment-order[\s\S]*spdx-line-1|spdx-line-1[\s\S]*adornment-order/);
});

test("--fix makes the safe changes", async () => {
  const dir = await makeFiles({ "a.md": "the “page” \n\none\ttwo\n" });
  const { stderr } = await rfckit(dir, "lint", "--fix", "a.md");
  expect(await readFile(join(dir, "a.md"), "utf8")).toBe('the "page"\n\none two\n');
  expect(stderr).toContain("4 changes made");
  expect((await rfckit(dir, "lint", "a.md")).code).toBe(0);
});

test("what is not UTF-8 is a finding, and is never rewritten", async () => {
  const dir = await makeFiles({ "b.md": "" });
  const bytes = Uint8Array.from([0x61, 0x0a, 0x62, 0xff, 0x20, 0x0a]);
  await writeFile(join(dir, "b.md"), bytes);
  const { stdout } = await rfckit(dir, "lint", "--fix", "b.md");
  expect(stdout).toContain("b.md:2:2: error: 'b.md' is not UTF-8 [encoding]");
  expect(new Uint8Array(await readFile(join(dir, "b.md")))).toEqual(bytes);
});

test.each([
  ["deep.md", `${"> ".repeat(10_000)}a\n`],
  ["list.md", Array.from({ length: 2_000 }, (_, i) => `${"  ".repeat(i)}- a\n`).join("")],
  ["large.rst", "a\n\n".repeat(4_000_000)],
])("what cannot be read in reasonable time is a finding: %s", async (name, text) => {
  const dir = await makeFiles({ [name]: text });
  const { code, stdout } = await rfckit(dir, "lint", name);
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^${name}:\\d+:1: error: .* \\[not-linted\\]\n$`));
});

test("a loop of directories ends", async () => {
  const dir = await makeFiles({ "doc/a.md": "text\n" });
  await symlink("..", join(dir, "doc/loop"));
  expect((await rfckit(dir, "lint", "doc")).code).toBe(0);
});

test("--explain says what a rule asks for", async () => {
  const { code, stdout } = await rfckit(await scratchDir(), "lint", "--explain", "title-underline");
  expect(code).toBe(0);
  expect(stdout).toContain("source: docutils");
  expect(stdout).toContain("found at 2:1 in:\n    Title\n    ====\n");
});
