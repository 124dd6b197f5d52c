import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { runGit } from "./git.ts";
import { eachBlob, readBlobs } from "./read-blobs.ts";

async function makeRepository(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await scratchDir();
  await runGit({ dir, args: ["init", "-q"] });
  await mkdir(join(dir, "sub"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(dir, path), text);
  await symlink("a", join(dir, "link"));
  await runGit({ dir, args: ["add", "-A"] });
  return dir;
}

async function treeOf(dir: string): Promise<string> {
  const { stdout } = await runGit({ dir, args: ["write-tree"] });
  return new TextDecoder().decode(stdout).trim();
}

test("reads files byte for byte, without symbolic links", async () => {
  const dir = await makeRepository({ a: "one\n", empty: "", "sub/b c": "\0two" });
  const blobs = await readBlobs({ dir, treeish: await treeOf(dir) });
  const texts = [...blobs].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]);
  expect(texts).toEqual([
    ["a", "one\n"],
    ["empty", ""],
    ["sub/b c", "\0two"],
  ]);
});

test("reads below a path, and only what is wanted", async () => {
  const dir = await makeRepository({ "sub/a.rst": "a", "sub/b.txt": "b", "c.rst": "c" });
  const treeish = await treeOf(dir);
  const wants = (path: string): boolean => path.endsWith(".rst");
  expect([...(await readBlobs({ dir, treeish, paths: ["sub"], wants })).keys()]).toEqual([
    "sub/a.rst",
  ]);
});

test("cuts files of any length out of pieces of any length", async () => {
  const texts = Array.from({ length: 300 }, (_, at) => [
    `f${at}`,
    "x".repeat((at * 7919) % 90_000),
  ]);
  const dir = await makeRepository(Object.fromEntries(texts));
  const seen = new Map<string, number>();
  await eachBlob({ dir, treeish: await treeOf(dir) }, (path, bytes) => {
    expect(bytes.every((byte) => byte === 0x78)).toBe(true);
    seen.set(path, bytes.length);
  });
  expect(seen).toEqual(new Map(texts.map(([path = "", text = ""]) => [path, text.length])));
});

test("gives on what is thrown at a file", async () => {
  const dir = await makeRepository({ a: "one", b: "two" });
  const reading = eachBlob({ dir, treeish: await treeOf(dir) }, () => {
    throw new RangeError("enough");
  });
  await expect(reading).rejects.toThrow("enough");
});
