import type { Stage } from "../abi/stage.ts";
import { rowsOfStage } from "../machine/check-order.ts";
import type { Vector } from "./vector.ts";

/** An ordered pair of rows: the first answers though the second is violated too. */
export interface RowPair {
  readonly first: string;
  readonly second: string;
}

/**
 * The ordered pairs that the table of a stage speaks of, for HINT: each row before every later
 * one. The rows of the scan come in both orders, since there the address decides.
 */
export function rowPairs(stage: Stage): readonly RowPair[] {
  const { file, beforeScan, scan, afterScan } = rowsOfStage(stage);
  const all = [...file, ...beforeScan, ...scan, ...afterScan];
  return all.flatMap((first, index) =>
    all.flatMap((second, other) => {
      const bothScan = first.phase === "scan" && second.phase === "scan" && index !== other;
      return index < other || bothScan ? [{ first: first.id, second: second.id }] : [];
    }),
  );
}

/** The shortest vector for each pair that the vectors show, by `first` and `second`. */
export function pairCoverage(
  vectors: readonly Vector[],
): ReadonlyMap<string, ReadonlyMap<string, Vector>> {
  const coverage = new Map<string, Map<string, Vector>>();
  for (const vector of vectors) {
    if (vector.answer === null) continue;
    const ofFirst = coverage.get(vector.answer) ?? new Map<string, Vector>();
    coverage.set(vector.answer, ofFirst);
    for (const row of vector.rows) {
      if (row !== vector.answer && !ofFirst.has(row)) ofFirst.set(row, vector);
    }
  }
  return coverage;
}
