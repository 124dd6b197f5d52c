import type { ErrnoName } from "../abi/errno.ts";
import { rowsOfStage } from "../machine/check-order.ts";
import type { CheckRow } from "../machine/check-row.ts";
import type { Machine } from "../machine/params.ts";
import { infeasiblePairs } from "./infeasible.ts";
import { pairCoverage, type RowPair, rowPairs } from "./pairs.ts";
import type { Vector } from "./vector.ts";

/** A row of HINT as the precedence matrix names it. */
export interface PrecedenceRow {
  /** Step, and a letter where a step has more than one row: `6b`. */
  readonly label: string;
  readonly id: string;
  readonly errno: ErrnoName;
  /** Vectors that the row answers. */
  readonly answers: number;
  /** Vectors whose last call violates it, whichever row answers. */
  readonly violated: number;
}

/** A pair of rows violated together: the vector that shows who answers, or why none can. */
export type PrecedencePair = RowPair &
  (
    | { readonly kind: "shown"; readonly vector: string }
    | { readonly kind: "infeasible"; readonly reason: string }
    | { readonly kind: "missing" }
  );

/** Which row answers when two are violated: the observable order of checks of HINT. */
export interface PrecedenceMatrix {
  readonly rows: readonly PrecedenceRow[];
  readonly pairs: readonly PrecedencePair[];
}

/** The matrix that a set of vectors shows for a machine. Two versions compare by it as data. */
export function precedenceMatrix(machine: Machine, vectors: readonly Vector[]): PrecedenceMatrix {
  const { beforeScan, scan, afterScan } = rowsOfStage(machine.stage);
  const table: readonly CheckRow[] = [...beforeScan, ...scan, ...afterScan];
  const ids = new Set(table.map(({ id }) => id));
  const coverage = pairCoverage(vectors);
  const reasons = new Map(
    infeasiblePairs(machine).map((pair) => [`${pair.first} ${pair.second}`, pair.reason]),
  );
  const pairs = rowPairs(machine.stage)
    .filter(({ first, second }) => ids.has(first) && ids.has(second))
    .map((pair): PrecedencePair => {
      const vector = coverage.get(pair.first)?.get(pair.second);
      if (vector !== undefined) return { ...pair, kind: "shown", vector: vector.id };
      const reason = reasons.get(`${pair.first} ${pair.second}`);
      return reason === undefined
        ? { ...pair, kind: "missing" }
        : { ...pair, kind: "infeasible", reason };
    });
  return { rows: table.map((row) => precedenceRow(row, table, vectors)), pairs };
}

function precedenceRow(
  row: CheckRow,
  table: readonly CheckRow[],
  vectors: readonly Vector[],
): PrecedenceRow {
  const siblings = table.filter(({ step }) => step === row.step);
  const letter = siblings.length === 1 ? "" : "abcdefghij"[siblings.indexOf(row)];
  return {
    label: `${row.step}${letter}`,
    id: row.id,
    errno: row.errno,
    answers: vectors.filter(({ answer }) => answer === row.id).length,
    violated: vectors.filter(({ rows }) => rows.includes(row.id)).length,
  };
}
