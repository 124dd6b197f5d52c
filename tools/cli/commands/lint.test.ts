import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFiles, makeKernel, rfckit, rfckitWith } from "../../../tests/support/lint-cli.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runGit } from "../../lib/git/git.ts";
import { REPORTERS } from "../reporters/index.ts";
import { lintReportSchema } from "../reporters/lint-report.ts";

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
  expect(lintReportSchema.parse(report)).toEqual(report);
  expect(report).toMatchObject({
    schemaVersion: 1,
    files: 1,
    findings: [{ id: "repeated-word", place: { file: "a.rst", line: 3, column: 8 } }],
    notRun: [{ rules: expect.arrayContaining(["undefined-label"]) }],
  });
});

test.each([
  ["a missing path", ["gone"], /cannot be read/],
  ["a tree that was not configured", ["--objects", "."], /no kernel was configured in '.'/],
  ["a file of another kind", ["a.c"], /neither .rst nor .md/],
  ["an unknown format", ["--format", "xml", "a.rst"], /names no format/],
  ["an unknown profile", ["--profile", "x", "a.rst"], /there is no profile/],
  ["a name without --stdin", ["--filename", "a.rst"], /names what --stdin reads/],
  ["--stdin without a name", ["--stdin"], /needs a name/],
  ["--fix of standard input", ["--stdin", "--filename", "a.md", "--fix"], /cannot be written back/],
  ["--changed outside of git", ["--changed"], /needs a git repository/],
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

test("--explain says what a rule asks for", async () => {
  const { code, stdout } = await rfckit(await scratchDir(), "lint", "--explain", "title-underline");
  expect(code).toBe(0);
  expect(stdout).toContain("source: docutils");
  expect(stdout).toContain("found at 2:1 in:\n    Title\n    ====\n");
});

test("--diff shows what --fix would change, and writes nothing", async () => {
  const dir = await makeFiles({ "a.md": "one\ntwo \nthree\n" });
  const { code, stdout } = await rfckit(dir, "lint", "--diff", "a.md");
  expect(code).toBe(1);
  expect(stdout).toBe("--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n one\n-two \n+two\n three\n");
  expect(await readFile(join(dir, "a.md"), "utf8")).toContain("two \n");
  await writeFile(join(dir, "a.diff"), stdout);
  expect((await runGit({ dir, args: ["apply", "a.diff"] })).code).toBe(0);
  expect(await readFile(join(dir, "a.md"), "utf8")).toBe("one\ntwo\nthree\n");
});

test("--fix twice changes nothing more", async () => {
  const dir = await makeFiles({ "a.rst": `${SPDX}Title\n==\n\n:c:func:\`f\` “x” \n\nA\n-` });
  await rfckit(dir, "lint", "--fix", "a.rst");
  const once = await readFile(join(dir, "a.rst"), "utf8");
  expect((await rfckit(dir, "lint", "--fix", "a.rst")).stderr).not.toContain("changes made");
  expect(await readFile(join(dir, "a.rst"), "utf8")).toBe(once);
  expect(once).toContain('f() "x"\n');
});

test("--stdin lints what an editor holds, under the name of the file", async () => {
  const dir = await makeKernel({ "Documentation/mm/a.rst": ".. _a:\n\nA\n=\n" });
  const argv = ["lint", "--stdin", "--filename", "Documentation/mm/b.rst"];
  const { stdout } = await rfckitWith(`${SPDX}:ref:\`a\` :ref:\`gone\`\n`, dir, ...argv);
  expect(stdout).toBe(
    "Documentation/mm/b.rst:3:10: error: no document has the label 'gone' [undefined-label]\n",
  );
});

test("what was not committed yet counts: labels, tables of contents, symbols", async () => {
  const dir = await makeKernel({ "Documentation/mm/a.rst": `${SPDX}A\n=\n` });
  await writeFile(
    join(dir, "Documentation/mm/a.rst"),
    `${SPDX}:ref:\`new\` CONFIG_NEW CONFIG_NUMA\n`,
  );
  await mkdir(join(dir, "Documentation/net"));
  await writeFile(join(dir, "Documentation/net/b.rst"), `${SPDX}.. _new:\n\n=\nB\n=\n`);
  await writeFile(join(dir, "Kconfig"), "config NEW\n");
  const orphan = /^Documentation\/net\/b.rst:1:1: [^\n]*\[toctree-orphan\]\n$/;
  const gone =
    "Documentation/mm/a.rst:3:23: warning: no Kconfig file has 'CONFIG_NUMA' [undefined-config]\n";
  const { stdout } = await rfckit(dir, "lint", "Documentation");
  expect(stdout.startsWith(gone)).toBe(true);
  expect(stdout.slice(gone.length)).toMatch(orphan);
  await writeFile(join(dir, "Documentation/index.rst"), ".. toctree::\n\n   mm/a\n   net/b\n");
  expect((await rfckit(dir, "lint", "Documentation/net")).stdout).toBe("");
});

test("what an editor holds counts as changed when the disk has another text", async () => {
  const text = `${SPDX}https://lkml.org/a\n`;
  const dir = await makeKernel({ "Documentation/a.rst": text, "Documentation/b.rst": SPDX });
  const lint = (name: string) =>
    rfckitWith(text, dir, "lint", "--stdin", "--filename", `Documentation/${name}`);
  expect((await lint("a.rst")).stdout).toBe("");
  expect((await lint("b.rst")).stdout).toContain("[lore-link]");
});

test("--changed lints only what differs from a commit", async () => {
  const slip = "of the the page\n";
  const dir = await makeKernel({ "Documentation/a.rst": slip, "Documentation/b.rst": slip });
  await writeFile(join(dir, "Documentation/b.rst"), `${SPDX}${slip}`);
  const { stdout } = await rfckit(dir, "lint", "--changed", "Documentation");
  expect(stdout).toMatch(/^Documentation\/b.rst:3:8: [^\n]*\n$/);
  const since = await rfckit(dir, "lint", "--changed", "--since", "no-such", "Documentation");
  expect([since.code, since.stderr]).toEqual([2, expect.stringContaining("names no commit")]);
});

test("a profile asks for more, and the usual one of Markdown is another", async () => {
  const text = "A novel way that currently works.\n";
  const dir = await makeFiles({ "a.rst": `${SPDX}${text}`, "a.md": text });
  const rules = async (...argv: string[]): Promise<(string | undefined)[]> => {
    const { stdout } = await rfckit(dir, "lint", ...argv);
    return [...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map((match) => match[1]);
  };
  expect(await rules("a.rst")).toEqual([]);
  expect(await rules("a.md")).toEqual(["overclaim", "version-language"]);
  expect(await rules("--profile", "rfc", "a.rst")).toEqual([
    ...Array.from({ length: 4 }, () => "required-sections"),
    "overclaim",
    "version-language",
  ]);
});

test.each(Object.keys(REPORTERS))("the format %s has the finding and its rule", async (format) => {
  const dir = await makeFiles({ "a.md": "of the the page\n" });
  const { code } = await rfckit(dir, "lint", "--format", `${format}=out`, "a.md");
  expect(code).toBe(1);
  const text = await readFile(join(dir, "out"), "utf8");
  expect(text).toContain("repeated-word");
  expect(text).toContain("a.md");
});

test("--range compares what a document tells with the code of the commits", async () => {
  const dir = await makeKernel({});
  const git = (...args: string[]) =>
    runGit({ dir, args: ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args] });
  await writeFile(join(dir, "mm/memory.c"), "#define HINT_BATCH 512\nint new_one(void);\n");
  const text = `${SPDX}=\nA\n=\n\n\`\`HINT_BATCH\`\` is 256 in new_one().\n`;
  await writeFile(join(dir, "Documentation/a.rst"), text);
  await git("add", "-A");
  await git("commit", "-q", "-m", "add");
  const { stdout } = await rfckit(dir, "lint", "--range", "HEAD~1..HEAD");
  expect(stdout).toContain(
    "Documentation/a.rst:7:19: error: 'HINT_BATCH' is 512 in mm/memory.c:1, not 256 [series-value]",
  );
  expect(stdout).not.toContain("[undefined-function]");
  const { code, stderr } = await rfckit(dir, "lint", "--range", "HEAD..nothing");
  expect([code, stderr]).toEqual([2, expect.stringContaining("'nothing' names no commit")]);
});

test("samples of C that ask for it are compiled, or it is said what was lacking", async () => {
  const marked = (target: string, code: string): string =>
    `.. doclint-compile: ${target}\n\n.. code-block:: c\n\n   ${code}\n\n`;
  const text = `${SPDX}=\nA\n=\n\n${marked("user", "int a = b;")}${marked("kernel", "int c;").trimEnd()}\n`;
  const dir = await makeKernel({ "Documentation/a.rst": text });
  const { code, stdout, stderr } = await rfckit(dir, "lint", "Documentation/a.rst");
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^Documentation\/a.rst:11:12: error: .*undeclared.*sample-compiles\]\n$/),
  ]);
  expect(stderr).toContain("not run: sample-compiles: missing a configured kernel");
});
