import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judge } from "../support/judge-text.ts";
import { controlNames } from "./apply-defect.ts";
import { neverFired, QUICK_DEFECTS, SPOKEN, TREE_DEFECTS } from "./coverage.ts";
import { checkOf, judgeControl, judgeDefect } from "./run-corpus.ts";

const PAGE = resolve(import.meta.dirname, "../../docs/reference/corpus.md");

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-corpus-"));
});
afterAll(() => rm(dir, { recursive: true }));

test.each(QUICK_DEFECTS)("$finds finds '$to' in $control, mail $mail", async (defect) => {
  const { isFound, said } = await judgeDefect(defect, dir);
  expect(isFound, said).toBe(true);
});

test.each(["v1", ...controlNames()])("nothing is found in %s", async (control) => {
  expect(await judgeControl(control, dir)).toEqual([]);
});

test.each(Object.entries(SPOKEN))("%s says %s of anything", async (id, kind) => {
  expect(await judge(checkOf(id), {})).toEqual([kind]);
});

test("the recorded page is of this corpus, and finds at least 95 %", () => {
  const page = readFileSync(PAGE, "utf8");
  const all = [...QUICK_DEFECTS, ...TREE_DEFECTS];
  const [, defects, found] = /^- (\d+) defects, (\d+) found/m.exec(page) ?? [];
  expect(Number(defects)).toBe(all.length);
  expect(Number(found) / all.length).toBeGreaterThanOrEqual(0.95);
  expect(page).toContain(`- ${controlNames().length} single patches`);
  expect(page).toContain("without a defect, 0 findings");
});

test("the corpus is as large as it has to be, and no check is without a defect", () => {
  expect(QUICK_DEFECTS.length + TREE_DEFECTS.length).toBeGreaterThanOrEqual(120);
  expect(controlNames().length).toBeGreaterThanOrEqual(12);
  expect(neverFired()).toEqual([]);
});
