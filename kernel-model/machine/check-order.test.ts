import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { GENERATED_STAGES, generateVectors } from "../vectors/generate.ts";
import { CAPS_ROWS, STATS_ROWS } from "./check-order/answer-rows.ts";
import { CHECK_ORDER, isInStage, rowsOfStage } from "./check-order.ts";
import { renderCheckOrderPage } from "./render-check-order.ts";

const PAGE = join(import.meta.dirname, "../../docs/reference/check-order.md");

describe("the table", () => {
  test("has its steps in order and its ids once", () => {
    const steps = CHECK_ORDER.map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const ids = [...CHECK_ORDER, ...CAPS_ROWS, ...STATS_ROWS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has every step from 0 to 22", () => {
    expect([...new Set(CHECK_ORDER.map(({ step }) => step))]).toEqual([...Array(23).keys()]);
  });

  test("v1 has no result rows, v3 has no row that refuses everything", () => {
    const ids = (stage: "v1" | "v3"): readonly string[] =>
      CHECK_ORDER.filter((row) => isInStage(row, stage)).map(({ id }) => id);
    expect(ids("v1")).not.toContain("results-not-zero");
    expect(ids("v1")).toContain("not-supported");
    expect(ids("v3")).toContain("results-not-zero");
    expect(ids("v3")).not.toContain("not-supported");
  });

  test("names a source for each row, and says why a row can't be seen", () => {
    for (const { id, source, unobservable } of CHECK_ORDER) {
      expect(source, id).toMatch(/^[\w./-]+\.(c|h|S|rst)(:\w+)?$/);
      if (unobservable !== undefined) expect(unobservable.length, id).toBeGreaterThan(20);
    }
  });
});

describe.each(GENERATED_STAGES)("the vectors of %s cover it", (stage) => {
  const { vectors } = generateVectors({ stage, seed: 1, topology: TWO_TIERS_HMAT });
  const rows = rowsOfStage(stage);
  const hintRows = [...rows.beforeScan, ...rows.scan];

  test("every row that can be seen answers some vector", () => {
    const answering = new Set(vectors.map(({ answer }) => answer));
    const all = [...CHECK_ORDER, ...CAPS_ROWS, ...STATS_ROWS].filter((row) =>
      isInStage(row, stage),
    );
    expect(all.filter(({ id }) => !answering.has(id))).toEqual([]);
  });

  /** Rows that can't be violated without another, later one. */
  const IMPLIED: Readonly<Record<string, readonly string[]>> = {
    "target-without-memory": ["target-not-allowed"],
    "range-wraps": ["range-hole", "range-beyond-task-size"],
  };

  test.each(hintRows.map(({ id }) => id))("%s is hit alone", (id) => {
    const allowed = new Set([id, "not-supported", ...(IMPLIED[id] ?? [])]);
    const alone = vectors.filter(
      (vector) => vector.answer === id && vector.rows.every((row) => allowed.has(row)),
    );
    expect(alone.length).toBeGreaterThan(0);
    expect(vectors.some((vector) => vector.answer === id && vector.twin !== undefined)).toBe(true);
  });
});

test("the reference page is the rendered table", async () => {
  expect(await readFile(PAGE, "utf8")).toBe(renderCheckOrderPage());
});
