import { expect, test } from "vitest";
import { runStorms } from "../../bench/storms/run-storms.ts";
import { findTopology } from "../../kernel-model/index.ts";
import { parseBuilds } from "../../tools/lib/build/kernel-builds.ts";

/** Two hints for each kind of storm, at least: more than that is what the evidence records. */
const MS = 150;

test("answers add up and contents stay, whatever others do to the memory meanwhile", async () => {
  const [build] = parseBuilds("fast");
  const topology = findTopology("two-tiers-hmat");
  if (build === undefined || topology === undefined) throw new Error("there is no such machine");
  const { storms, full, problems } = await runStorms({ build, topology, ms: MS });
  expect(problems).toEqual([]);
  expect(storms.filter(({ bad }) => bad > 0)).toEqual([]);
  expect(new Set(storms.map(({ kind }) => kind)).size).toBe(12);
  expect(new Set(storms.map(({ threads }) => threads))).toEqual(new Set([2, 4, 8]));
  expect(storms.filter(({ hints, changes }) => hints === 0 || changes === 0)).toEqual([]);
  expect(storms.some(({ halfway }) => halfway > 0)).toBe(true);
  expect(full?.failed).toBeGreaterThan(0);
});
