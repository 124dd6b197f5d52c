import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

test("any bytes are written whole and nothing else stays", async () => {
  const dir = await scratchDir();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      await writeFileAtomic(join(dir, "f"), bytes);
      expect(Buffer.compare(await readFile(join(dir, "f")), bytes)).toBe(0);
      expect(await readdir(dir)).toEqual(["f"]);
    }),
    { numRuns: 20 },
  );
});

test("a failed write leaves the old content and no temporary file", async () => {
  const dir = await scratchDir();
  await mkdir(join(dir, "taken"));
  await writeFile(join(dir, "taken", "inside"), "old");
  await expect(writeFileAtomic(join(dir, "taken"), "new")).rejects.toThrow();
  expect(await readdir(dir)).toEqual(["taken"]);
  expect(await readFile(join(dir, "taken", "inside"), "utf8")).toBe("old");
});

test("the mode is that of a new file", async () => {
  const dir = await scratchDir();
  await writeFileAtomic(join(dir, "x"), "#!/bin/sh\n", { mode: 0o700 });
  expect((await stat(join(dir, "x"))).mode & 0o777).toBe(0o700);
});

test("what a killed process left goes, and what another one writes now stays", async () => {
  const dir = await scratchDir();
  const { pid = 0 } = spawnSync("true");
  const tempOf = (id: number) => `.tmp-f-${id.toString(16).padStart(8, "0")}01234567`;
  await writeFile(join(dir, tempOf(pid)), "half");
  await writeFile(join(dir, tempOf(process.ppid)), "being written");
  await writeFileAtomic(join(dir, "f"), "new");
  expect((await readdir(dir)).toSorted()).toEqual([tempOf(process.ppid), "f"]);
});
