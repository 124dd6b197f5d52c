import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeUserTree, shell } from "../../../tests/support/fake-kernel.ts";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { applySeries } from "./apply-series.ts";
import { openMailbox } from "./open-mailbox.ts";

const HEAD = `From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
From: A <a@example.org>
Date: Sat, 22 Nov 2025 00:00:00 +0000
Subject: [PATCH] mm: a change
`;
const HUNK = "@@ -1,2 +1,2 @@\n VERSION = 0\n-PATCHLEVEL = 1\n+PATCHLEVEL = 2\n";
const DIFF = `diff --git a/Makefile b/Makefile\n--- a/Makefile\n+++ b/Makefile\n${HUNK}`;
const mailOf = (diff: string, message = "Text.\n"): string =>
  `${HEAD}\n${message}---\n\n${diff}-- \n2.39\n\n`;
const GOOD = mailOf(DIFF);
const newFile = (path: string, mode: string, text: string): string =>
  `diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n` +
  `@@ -0,0 +1 @@\n+${text}\n`;

/** What the file holds, the line that the message must name, and what it says. */
const BAD: readonly (readonly [name: string, mail: string, line: number, what: RegExp])[] = [
  ["empty", "", 1, /is empty/],
  ["empty lines only", "\n\n", 1, /is empty/],
  ["garbage", "\u00ff\u00fe garbage\nmore\n", 1, /no mail and no mailbox/],
  ["a diff without a mail", DIFF, 1, /diff without a mail/],
  ["a mail without a subject", GOOD.replace(/Subject.*\n/, ""), 1, /no 'From:' and 'Subject:'/],
  ["a mail without a date", GOOD.replace(/Date.*\n/, ""), 1, /no 'Date:'/],
  ["a patch mail without a diff", mailOf("").replace("[PATCH]", "[PATCH 1/1]"), 6, /no diff/],
  ["cut in a hunk", GOOD.slice(0, GOOD.indexOf("+PATCHLEVEL")), 15, /ends in the middle/],
  ["NUL bytes", GOOD.replace("Text.", "Te\0xt"), 6, /NUL bytes/],
  ["NUL bytes in a hunk", GOOD.replace("= 2", "= \0"), 15, /NUL bytes/],
  ["fewer lines than counted", GOOD.replace("-1,2 +1,2", "-1,3 +1,3"), 17, /header counts/],
  ["more lines than counted", GOOD.replace("-1,2 +1,2", "-1,1 +1,1"), 14, /header counts/],
  ["a broken hunk header", GOOD.replace("@@ -1,2 +1,2 @@", "@@ -1,x @@"), 12, /no hunk header/],
  ["paths that go up", mailOf(newFile("../x", "100644", "x")), 9, /'..\/x' leads out/],
  ["paths that go up inside", mailOf(newFile("mm/../../x", "100644", "x")), 9, /leads out/],
  ["absolute paths", GOOD.replaceAll(/[ab]\/Makefile/g, "/etc/passwd"), 9, /is absolute/],
  ["paths into .git", mailOf(newFile(".git/hooks/x", "100755", "x")), 9, /into '.git'/],
  ["paths into .GIT", mailOf(newFile("a/.GIT/x", "100755", "x")), 9, /into '.git'/],
  [
    "renames into .git",
    mailOf(`${DIFF}diff --git a/Makefile b/x\nrename from Makefile\nrename to .git/x\n`),
    18,
    /into '.git'/,
  ],
  [
    "a symlink that leaves the tree",
    mailOf(newFile("mm/l", "120000", "../../x")),
    9,
    /symlink 'mm\/l' leads to/,
  ],
  ["an absolute symlink", mailOf(newFile("l", "120000", "/etc/passwd")), 9, /symlink 'l'/],
  ["a symlink into .git", mailOf(newFile("l", "120000", ".git/config")), 9, /symlink 'l'/],
  [
    "a file behind a symlink",
    mailOf(newFile("mm/link/x", "100644", "x")),
    0,
    /symbolic link|mm\/link/,
  ],
  [
    "binary files without content",
    mailOf(
      "diff --git a/x b/x\nnew file mode 100644\nindex 0..1\nBinary files /dev/null and b/x differ\n",
    ),
    12,
    /lacks the content/,
  ],
  [
    "a broken binary patch",
    mailOf(
      "diff --git a/x b/x\nnew file mode 100644\nindex 0000000000000000000000000000000000000000..78981922613b2afb6025042ff6bd878ac1994e85\nGIT binary patch\nliteral 2\nJcjunk\n\n",
    ),
    14,
    /corrupt binary patch/,
  ],
  [
    "a diff in the message",
    mailOf(DIFF, `See:\n\n${newFile("y", "100644", "y")}\n`),
    8,
    /message has a diff in it/,
  ],
  ["a file that is not there", GOOD.replaceAll("Makefile", "none"), 0, /none/],
  ["other lines than the file has", GOOD.replace("VERSION = 0", "VERSION = 9"), 12, /hunk 1 of 1/],
];

async function openLab() {
  const root = await scratchDir();
  const tree = await makeUserTree(root);
  const shared = { tree, tempRoot: join(root, "tmp"), signal: new AbortController().signal };
  const path = join(root, "bad.patch");
  const apply = async (): Promise<unknown> => {
    const { folder } = await openMailbox({ ...shared, paths: [path] });
    const ref = "refs/rfckit/am/bad";
    return await applySeries({ ...shared, mails: folder, base: tree.base, ref, nowS: 1 });
  };
  const state = async (): Promise<string> =>
    (await shell(tree.dir, "git", ["for-each-ref"])) +
    (await shell(tree.dir, "git", ["status", "--porcelain"])) +
    (await shell(tree.dir, "git", ["count-objects"]));
  return { root, path, apply, state };
}

test("bad mails are refused with their place, and nothing has changed", async () => {
  const { path, apply, state } = await openLab();
  const before = await state();
  for (const [name, mail, line, what] of BAD) {
    await writeFile(path, Buffer.from(mail, "latin1"));
    const error: unknown = await apply().then(
      () => `${name} was accepted`,
      (reason: unknown) => reason,
    );
    expect(error, name).toMatchObject({ kind: "user", exitCode: 2 });
    const { message } = error as Error;
    expect(message, name).toMatch(what);
    expect(message, name).toContain(line === 0 ? path : `${path}:${line}`);
    expect(await state(), name).toBe(before);
  }
  await writeFile(path, GOOD);
  expect(await apply()).toMatchObject({ commits: [{ name: "0001-mm-a-change.patch" }] });
}, 60_000);

test("what is too large, missing or no file is refused before it is read", async () => {
  const { root, path, apply } = await openLab();
  await expect(apply()).rejects.toMatchObject({ kind: "user", code: "patch-missing" });
  await writeFile(path, GOOD);
  await truncate(path, 100 * 1024 * 1024);
  const want = { code: "patch-broken", message: expect.stringContaining(`${path}:1: `) };
  await expect(apply()).rejects.toMatchObject(want);
  await mkdir(join(root, "dir"));
  await truncate(path, 0);
  await expect(apply()).rejects.toMatchObject({ code: "patch-broken" });
});
