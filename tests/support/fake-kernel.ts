import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { KernelTree } from "../../tools/lib/kernel/find-tree.ts";
import type { KernelBase } from "../../tools/lib/kernel/kernel-tree.ts";
import { run } from "../../tools/lib/proc/run.ts";

/** The base commit that the fake source must give, whoever imports it. */
export const FAKE_BASE: KernelBase = {
  package: "linux-source-0.1",
  version: "0.1.2-1~test",
  tag: "debian/0.1.2-1_test",
  commit: "95c2f2710bd0701ccc19372ec23a665215639e78",
};

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  Makefile: "VERSION = 0\nPATCHLEVEL = 1\n",
  ".gitignore": "*.o\n/ignored\n",
  ".gitattributes": "*.[ch] diff=cpp\n",
  "ignored/kept.o": new Uint8Array([0, 1, 2, 255]),
  "scripts/checkpatch.pl": "#!/usr/bin/perl\n",
  "mm/crlf.c": "int a;\r\nint b;\r\n",
  "mm/no-newline.c": "int c;",
  "mm/latin1.c": new Uint8Array([0x2f, 0x2f, 0x20, 0xe4, 0xf6, 0x0a]),
  "mm/long.c": Array.from({ length: 60 }, (_, at) => `int line_${at};\n`).join(""),
  "mm/empty.c": "",
};

/** Writes the tarball of a kernel of ten files below `dir`, as Debian packs its own. */
export async function makeFakeTarball(dir: string): Promise<string> {
  const top = join(dir, "linux-source-0.1");
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(top, name)), { recursive: true });
    await writeFile(join(top, name), content);
    await chmod(join(top, name), name.startsWith("scripts/") ? 0o755 : 0o644);
  }
  await symlink("../Makefile", join(top, "mm", "link"));
  const tarball = join(dir, "linux-source-0.1.tar.xz");
  await shell(dir, "tar", ["-cJf", tarball, "linux-source-0.1"]);
  return tarball;
}

/** A git repository like one of a user: the fake kernel on branch `mine`, their own settings. */
export async function makeUserTree(dir: string): Promise<KernelTree & { readonly base: string }> {
  await makeFakeTarball(dir);
  const tree = join(dir, "linux-source-0.1");
  await shell(tree, "git", ["init", "-q", "-b", "mine"]);
  for (const [name, value] of [
    ["user.name", "A User"],
    ["user.email", "user@example.org"],
    ["diff.noprefix", "true"],
    ["format.signOff", "true"],
    ["format.subjectPrefix", "MINE"],
    ["diff.context", "1"],
    ["core.abbrev", "7"],
    ["commit.gpgSign", "false"],
  ] as const) {
    await shell(tree, "git", ["config", name, value]);
  }
  await shell(tree, "git", ["add", "-f", "-A"]);
  await shell(tree, "git", ["commit", "-q", "-m", "base"]);
  const base = (await shell(tree, "git", ["rev-parse", "HEAD"])).trim();
  return { dir: tree, gitDir: join(tree, ".git"), own: true, base };
}

/** Runs a program that must succeed, and gives its output as Latin-1 text. */
export async function shell(
  cwd: string,
  file: string,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<string> {
  const result = await run({
    file,
    args,
    cwd,
    timeoutMs: 60_000,
    ...(input === undefined ? {} : { input }),
  });
  if (result.code !== 0) throw new Error(`${result.command}: ${Buffer.from(result.stderr)}`);
  return Buffer.from(result.stdout).toString("latin1");
}
