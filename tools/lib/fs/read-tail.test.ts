import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTail } from "./read-tail.ts";

test("the end of a file is read, and a shorter one whole", async () => {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-tail-"));
  try {
    const file = join(dir, "console");
    await writeFile(file, "");
    expect(await readTail(file, 4)).toBe("");
    await writeFile(file, "abc");
    expect(await readTail(file, 4)).toBe("abc");
    await writeFile(file, Buffer.from("a long line\n\xe9nd", "latin1"));
    expect(await readTail(file, 4)).toBe("\n\xe9nd");
    await expect(readTail(join(dir, "none"), 4)).rejects.toMatchObject({ code: "ENOENT" });
  } finally {
    await rm(dir, { recursive: true });
  }
});
