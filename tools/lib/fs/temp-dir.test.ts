import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { exchangeDirs, replaceDir } from "./exchange-dir.ts";
import { withTempDir } from "./temp-dir.ts";

test("a temporary directory is gone afterwards, also after a failure", async () => {
  const root = join(await scratchDir(), "tmp");
  expect(await withTempDir(root, (dir) => readdir(dir))).toEqual([]);
  await expect(withTempDir(root, () => Promise.reject(new Error("seeded")))).rejects.toThrow();
  expect(await readdir(root)).toEqual([]);
});

test("what a killed run left is removed, what a live one uses and what is strange stays", async () => {
  const root = await scratchDir();
  const dead = join(root, ".tmp-work-0123456789abcdef");
  await mkdir(dead);
  await writeFile(join(dead, "f"), "");
  await writeFile(`${dead}.lock`, "");
  await writeFile(join(root, "other.lock"), "");
  await withTempDir(root, async (outer) => {
    await withTempDir(root, async () => {});
    expect(await readdir(outer)).toEqual([]);
  });
  expect(await readdir(root)).toEqual(["other.lock"]);
});

test("a directory takes the place of a full one, an empty one and none", async () => {
  const root = await scratchDir();
  const target = join(root, "t");
  for (const name of ["first", "second", "third"]) {
    const fresh = join(root, "fresh");
    await mkdir(fresh);
    await writeFile(join(fresh, name), "");
    await replaceDir(fresh, target);
    expect(await readdir(target)).toEqual([name]);
    expect(await readdir(root)).toEqual(["t"]);
  }
});

test("two full directories are exchanged in one step, a missing one changes nothing", async () => {
  const root = await scratchDir();
  for (const name of ["a", "b"]) {
    await mkdir(join(root, name));
    await writeFile(join(root, name, `was-${name}`), "");
  }
  expect(await exchangeDirs(join(root, "a"), join(root, "b"))).toBe(true);
  expect(await readdir(join(root, "a"))).toEqual(["was-b"]);
  expect(await exchangeDirs(join(root, "a"), join(root, "none"))).toBe(false);
  expect(await readdir(join(root, "a"))).toEqual(["was-b"]);
});
