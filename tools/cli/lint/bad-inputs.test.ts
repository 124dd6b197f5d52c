import { readFile, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFiles, makeKernel, rfckit } from "../../../tests/support/lint-cli.ts";
import { run } from "../../lib/proc/run.ts";

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
  ["large.rst", "a\n\n".repeat(17_000_000)],
])("what cannot be read in reasonable time is a finding: %s", async (name, text) => {
  const dir = await makeFiles({ [name]: text });
  const { code, stdout } = await rfckit(dir, "lint", name);
  expect(code).toBe(1);
  expect(stdout).toMatch(new RegExp(`^${name}:\\d+:1: error: .* \\[not-linted\\]\n$`));
});

test("what is no file is refused at once, and what is huge is not read whole", async () => {
  const dir = await makeFiles({ "link.md": "# A\n\n[a](pipe.md)\n" });
  await run({ file: "mkfifo", args: [join(dir, "pipe.md")], timeoutMs: 5_000 });
  const { code, stderr } = await rfckit(dir, "lint", "pipe.md");
  expect([code, stderr]).toEqual([2, expect.stringContaining("neither a file nor a directory")]);
  expect((await rfckit(dir, "lint", "link.md")).stdout).toContain("[broken-link]");
  await writeFile(join(dir, "huge.rst"), "");
  await truncate(join(dir, "huge.rst"), 1_000_000_000);
  const huge = await rfckit(dir, "lint", "huge.rst");
  expect(huge.stdout).toMatch(/^huge.rst:1:1: error: .* \[not-linted\]\n$/);
});

test("a loop of directories ends", async () => {
  const dir = await makeFiles({ "doc/a.md": "text\n" });
  await symlink("..", join(dir, "doc/loop"));
  expect((await rfckit(dir, "lint", "doc")).code).toBe(0);
});

test("NUL is a finding with its place", async () => {
  const dir = await makeFiles({ "b.rst": "one\ntw\0o\n" });
  const { code, stdout } = await rfckit(dir, "lint", "b.rst");
  expect(code).toBe(1);
  expect(stdout).toContain("b.rst:2:3: error: 'b.rst' has a NUL character [encoding]");
});

test.each([
  ["CR LF", "\r\n"],
  ["CR", "\r"],
])("lines that end with %s are counted as lines", async (_name, end) => {
  const dir = await makeFiles({ "a.rst": `text${end}${end}of the the page${end}` });
  const { stdout } = await rfckit(dir, "lint", "a.rst");
  expect(stdout).toContain("a.rst:1:5: warning: lines end with a carriage return");
  expect(stdout).toContain("a.rst:3:8: warning: 'the' stands twice");
});

test("a BOM is a finding, changes no place but those of its own line, and is mended", async () => {
  const dir = await makeFiles({
    "a.rst": "\ufeff.. SPDX-License-Identifier: GPL-2.0\n\nthe the\n",
  });
  const { stdout } = await rfckit(dir, "lint", "a.rst");
  expect(stdout).toBe(
    "a.rst:1:1: error: 'a.rst' begins with a byte order mark [encoding]\n" +
      "a.rst:3:5: warning: 'the' stands twice [repeated-word]\n",
  );
  await rfckit(dir, "lint", "--fix", "a.rst");
  expect(await readFile(join(dir, "a.rst"), "utf8")).toMatch(/^\.\. SPDX/);
});

test.each([
  [
    "quotes",
    `${Array.from({ length: 10_000 }, (_, at) => `${" ".repeat(at % 200)}a`).join("\n\n")}\n`,
  ],
  ["lists", `${"- ".repeat(4_000)}a\n`],
  ["bars", `${"| ".repeat(4_000)}a\n`],
  ["markup", `${"*`".repeat(4_000)}\n`],
])("nesting of 10,000 %s in reStructuredText ends", async (_name, text) => {
  const dir = await makeFiles({ "a.rst": text });
  const { code } = await rfckit(dir, "lint", "a.rst");
  expect(code).toBe(1);
});

test("a missing include is a finding, and a missing tree is said", async () => {
  const text = ".. SPDX-License-Identifier: GPL-2.0\n\n.. include:: gone.txt\n";
  const tree = await makeKernel({ "Documentation/a.rst": text });
  expect((await rfckit(tree, "lint", "Documentation/a.rst")).stdout).toBe(
    "Documentation/a.rst:3:1: error: there is no file 'gone.txt' [missing-include]\n",
  );
  const alone = await makeFiles({ "a.rst": text });
  const { code, stderr } = await rfckit(alone, "lint", "a.rst");
  expect(code).toBe(0);
  expect(stderr).toMatch(/^not run: .*missing-include.*: missing a kernel tree/);
});
