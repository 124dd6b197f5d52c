import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../proc/run.ts";
import { type CpioEntry, DIRECTORY_MODE, PROGRAM_MODE, writeCpio } from "./cpio.ts";

const ENTRIES: readonly CpioEntry[] = [
  { path: "dev", mode: DIRECTORY_MODE },
  { path: "init", mode: PROGRAM_MODE, data: new TextEncoder().encode("#!x") },
  { path: "empty", mode: 0o100644 },
];

test("cpio unpacks what was written", async () => {
  const dir = await mkdtemp(join(tmpdir(), "rfckit-cpio-"));
  try {
    const input = writeCpio(ENTRIES);
    const args = ["-i", "--quiet"];
    const result = await run({ file: "cpio", args, cwd: dir, input, timeoutMs: 20_000 });
    expect(result.code).toBe(0);
    expect(await readFile(join(dir, "init"), "utf8")).toBe("#!x");
    expect((await stat(join(dir, "init"))).mode).toBe(PROGRAM_MODE);
    expect((await stat(join(dir, "dev"))).isDirectory()).toBe(true);
    expect((await stat(join(dir, "empty"))).size).toBe(0);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test("the same entries give the same bytes, whole blocks of them", () => {
  const archive = writeCpio(ENTRIES);
  expect(archive).toEqual(writeCpio(ENTRIES));
  expect(archive.length % 512).toBe(0);
});
