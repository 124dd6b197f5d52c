import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { addWaivers, withWaivers } from "./add-waiver.ts";
import { parseSeriesConfig } from "./load-series-config.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const waiver = { check: "m15-subject-length", reason: "it: has\ntwo 'lines'", who: "A <a@b.org>" };

test("the shipped file keeps every line, and has the waiver at its end", async () => {
  const before = await readFile(join(ROOT, "patches/series.yaml"), "utf8");
  const after = withWaivers(before, [waiver]);
  expect(after.startsWith(before)).toBe(true);
  const { waivers } = parseSeriesConfig(after, "series.yaml");
  expect(waivers.at(-1)).toEqual(waiver);
});

test("a file without waivers gets the list, and comments stay", async () => {
  const dir = await scratchDir();
  await mkdir(join(dir, "patches"));
  const shipped = await readFile(join(ROOT, "patches/series.yaml"), "utf8");
  const [head = ""] = shipped.split("waivers:");
  await writeFile(join(dir, "patches/series.yaml"), `${head}# the end\n`);
  const config = await addWaivers(dir, [waiver, { ...waiver, type: "TABS", file: "mm/a.c" }]);
  expect(config.waivers.map(({ type, file }) => [type, file])).toEqual([
    [undefined, undefined],
    ["TABS", "mm/a.c"],
  ]);
  const text = await readFile(join(dir, "patches/series.yaml"), "utf8");
  expect(text).toContain("# the end");
  expect(text.startsWith(head.trimEnd())).toBe(true);
});

test("a waiver that the file may not hold changes nothing", async () => {
  const dir = await scratchDir();
  await mkdir(join(dir, "patches"));
  const path = join(dir, "patches/series.yaml");
  const shipped = await readFile(join(ROOT, "patches/series.yaml"), "utf8");
  await writeFile(path, shipped);
  await expect(addWaivers(dir, [{ ...waiver, who: "two\nlines" }])).rejects.toThrow("one line");
  expect(await readFile(path, "utf8")).toBe(shipped);
});
