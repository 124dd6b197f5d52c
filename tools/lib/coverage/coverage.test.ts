import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../proc/run.ts";
import { type Coverage, mergeCoverage, summarize } from "./coverage.ts";
import { formatCoverage, formatLcov } from "./format-coverage.ts";
import { runGcov } from "./run-gcov.ts";

const SOURCE = [
  "int pick(int a)",
  "{",
  "\tif (a > 1)",
  "\t\treturn 10;",
  "\treturn 20;",
  "}",
  "int unused(void)",
  "{",
  "\treturn 1;",
  "}",
  "int main(void)",
  "{",
  "\treturn pick(5) == 10 ? 0 : 1;",
  "}",
];
let dir: string;
let coverage: Coverage;
let data: Uint8Array;

/** Compiles, runs and reads a program with the same tools that a kernel is read with. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-coverage-"));
  await mkdir(join(dir, "mm"));
  await writeFile(join(dir, "mm/own.c"), `${SOURCE.join("\n")}\n`);
  const call = { cwd: dir, timeoutMs: 60_000 };
  const args = ["--coverage", "-O0", "-c", "mm/own.c", "-o", "mm/own.o"];
  expect(await run({ ...call, file: "gcc", args })).toMatchObject({ code: 0 });
  const link = ["--coverage", "mm/own.o", "-o", "own"];
  expect(await run({ ...call, file: "gcc", args: link })).toMatchObject({ code: 0 });
  expect(await run({ ...call, file: join(dir, "own"), args: [] })).toMatchObject({ code: 0 });
  data = await readFile(join(dir, "mm/own.gcda"));
  const counts = new Map([["/sys/kernel/debug/gcov/objects/mm/own.gcda", data]]);
  const ownSources = ["mm/own.c", "mm/not_built.c"];
  coverage = await runGcov({ ownSources, notesDir: dir, counts, tempDir: dir });
});
afterAll(() => rm(dir, { recursive: true }));

describe("coverage", () => {
  test("of a file is told by line and branch, without what was not built", () => {
    expect(coverage.files.map(({ path }) => path)).toEqual(["mm/own.c"]);
    const { lines, branches } = summarize(coverage.files);
    expect(lines.hit).toBeLessThan(lines.total);
    expect(branches).toEqual({ hit: 1, total: 2 });
    const counts = new Map(coverage.files[0]?.lines.map(({ line, count }) => [line, count]));
    expect([3, 4, 5, 9].map((line) => counts.get(line))).toEqual([1, 1, 0, 0]);
  });

  test("names what nothing reached, with its text", () => {
    const text = formatCoverage(coverage, () => SOURCE);
    expect(text).toMatch(
      /^mm\/own\.c: lines \d+\.\d % \(\d+ of \d+\), branches 50\.0 % \(1 of 2\)/,
    );
    expect(text).toContain("  mm/own.c:5: never reached: return 20;\n");
    expect(text).toContain("  mm/own.c:3: 1 of 2 branches never taken: if (a > 1)\n");
    expect(formatCoverage(coverage)).toContain("  mm/own.c:5: never reached\n");
  });

  test("as lcov's tracefile has a record for each file", () => {
    const lines = formatLcov(coverage).split("\n");
    expect(lines).toEqual(expect.arrayContaining(["SF:mm/own.c", "DA:4,1", "DA:5,0", "BRF:2"]));
    expect(lines).toEqual(expect.arrayContaining(["FNDA:0,unused", "FNH:2", "end_of_record"]));
  });

  test("of several guests is added up", () => {
    const [file] = mergeCoverage([coverage, coverage]).files;
    expect(file?.lines.find(({ line }) => line === 4)?.count).toBe(2);
    expect(file?.functions.find(({ name }) => name === "pick")?.count).toBe(2);
    expect(mergeCoverage([])).toEqual({ files: [] });
  });

  test("that gcov cannot read is an error with its words", async () => {
    const counts = new Map([["/x/mm/own.gcda", new Uint8Array([1, 2, 3])]]);
    const request = { ownSources: ["mm/own.c"], notesDir: dir, counts, tempDir: dir };
    await expect(runGcov(request)).rejects.toMatchObject({ code: "gcov-failed", kind: "infra" });
    const other = { ...request, counts: new Map([["/x/mm/own.gcda", otherStamp()]]) };
    await expect(runGcov(other)).rejects.toThrow("stamp mismatch");
  });
});

/** The same counts, of another compilation. */
function otherStamp(): Uint8Array {
  const bytes = new Uint8Array(data);
  bytes.fill(0x5a, 8, 12);
  return bytes;
}
