import { describe, expect, test } from "vitest";
import { rowsOfStage } from "../../../machine/check-order.ts";
import { createMachine } from "../../../machine/params.ts";
import { TWO_TIERS_HMAT } from "../../../topology/two-tiers-hmat.ts";
import { GENERATED_STAGES } from "../../generate.ts";
import { infeasiblePairs } from "../../infeasible.ts";
import { rowPairs } from "../../pairs.ts";
import { answerLines, fileLines } from "./file-entries.ts";
import { CARRIED_OUT, NOT_EVERYWHERE, pickHints } from "./pick-hints.ts";
import { renderKselftestHeader } from "./render-header.ts";

describe.each(GENERATED_STAGES)("the selftest's vectors of %s", (stage) => {
  const machine = createMachine(TWO_TIERS_HMAT, stage);
  const picked = pickHints(machine);
  const { file, beforeScan, afterScan, caps, stats } = rowsOfStage(stage);
  const scan = rowsOfStage(stage).scan.filter(({ id }) => !NOT_EVERYWHERE.has(id));

  test("have each row of HINT as the answer, with no other mistake where that is possible", () => {
    const final = stage === "v3" ? [{ id: CARRIED_OUT }] : afterScan;
    for (const { id } of [...beforeScan, ...scan, ...final]) {
      const own = picked.filter(({ answer }) => answer === id);
      expect(own.length, id).toBeGreaterThan(0);
      if (!final.some((row) => row.id === id)) {
        expect(
          own.some(({ faults }) => faults.length === 1),
          id,
        ).toBe(true);
      }
    }
  });

  test("show each pair of rows that a call can violate together", () => {
    const shown = new Set(
      picked.flatMap(({ answer, rows }) => rows.map((row) => `${answer} ${row}`)),
    );
    const impossible = new Set(
      infeasiblePairs(machine).map(({ first, second }) => `${first} ${second}`),
    );
    const final = afterScan.filter(({ id }) => !NOT_EVERYWHERE.has(id));
    const hintRows = new Set([...beforeScan, ...scan, ...final].map(({ id }) => id));
    const missing = rowPairs(stage)
      .filter(({ first, second }) => hintRows.has(first) && hintRows.has(second))
      .map(({ first, second }) => `${first} ${second}`)
      .filter((pair) => !impossible.has(pair) && !shown.has(pair));
    expect(missing).toEqual([]);
  });

  test("have each row of the file, of CAPS and of STATS", () => {
    const fileAnswers = new Set(fileLines(machine).map(({ row }) => row));
    expect(file.map(({ id }) => id).filter((id) => !fileAnswers.has(id))).toEqual([]);
    const answers = new Set(answerLines(machine).map(({ row }) => row));
    expect([...caps, ...stats].map(({ id }) => id).filter((id) => !answers.has(id))).toEqual([]);
  });

  test("are a header that fits a patch, and the same at each time", () => {
    const header = renderKselftestHeader(machine);
    expect(header).toBe(renderKselftestHeader(machine));
    const lines = header.split("\n");
    expect(lines.length).toBeLessThan(500);
    expect(Math.max(...lines.map((line) => line.replaceAll("\t", " ".repeat(8)).length))).toBe(100);
    expect(header).not.toMatch(/undefined|null|0x4[0-9a-f]{7}/);
  });
});
