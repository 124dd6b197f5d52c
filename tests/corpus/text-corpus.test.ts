import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHECKS } from "../../checks/registry.ts";
import { controlNames } from "./apply-defect.ts";
import { judgeControl, judgeDefect } from "./run-corpus.ts";
import { STATE_DEFECTS } from "./state-defects.ts";
import { TEXT_DEFECTS } from "./text-defects.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-corpus-"));
});
afterAll(() => rm(dir, { recursive: true }));

test.each([...TEXT_DEFECTS, ...STATE_DEFECTS])(
  "$finds finds '$to' in $control, mail $mail",
  async (defect) => {
    const { isFound, said } = await judgeDefect(defect, dir);
    expect(isFound, said).toBe(true);
  },
);

test.each(["v1", ...controlNames()])("nothing is found in %s", async (control) => {
  expect(await judgeControl(control, dir)).toEqual([]);
});

test("every check of texts has a seeded defect", () => {
  const found = TEXT_DEFECTS.map(({ finds }) => finds);
  const missing = CHECKS.filter(({ id, cost }) => cost === "instant" && !found.includes(id));
  expect(missing.map(({ id }) => id)).toEqual([]);
});
