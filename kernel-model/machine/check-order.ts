import { isSince, type Stage } from "../abi/stage.ts";
import { CAPS_ROWS, STATS_ROWS } from "./check-order/answer-rows.ts";
import { ARGUMENT_ROWS } from "./check-order/argument-rows.ts";
import { FILE_ROWS } from "./check-order/file-rows.ts";
import { FINAL_ROWS } from "./check-order/final-rows.ts";
import { MEANING_ROWS } from "./check-order/meaning-rows.ts";
import { SCAN_ROWS } from "./check-order/scan-rows.ts";
import type { AnswerRow, CheckRow, FileRow, RequestRow, ScanRow } from "./check-row.ts";

/**
 * The order of checks: the one table that the model's behaviour, the reference page, the vectors
 * and their coverage come from. For one call the first row that matches is the answer.
 */
export const CHECK_ORDER: readonly CheckRow[] = [
  ...FILE_ROWS,
  ...ARGUMENT_ROWS,
  ...MEANING_ROWS,
  ...SCAN_ROWS,
  ...FINAL_ROWS,
];

/** The rows of a stage that can be seen, by the part of the table that asks them. */
export interface StageRows {
  readonly file: readonly FileRow[];
  /** Steps 1 to 17. */
  readonly beforeScan: readonly RequestRow[];
  readonly scan: readonly ScanRow[];
  /** Steps 20 to 22. */
  readonly afterScan: readonly RequestRow[];
  readonly caps: readonly AnswerRow[];
  readonly stats: readonly AnswerRow[];
}

/** Whether a kernel of `stage` has the row and userspace can see it. */
export function isInStage(row: CheckRow, stage: Stage): boolean {
  if (row.unobservable !== undefined) return false;
  if (row.until !== undefined && row.until !== stage && isSince(stage, row.until)) return false;
  return isSince(stage, row.since);
}

const ROWS_OF_STAGE = new Map<Stage, StageRows>();

/** The rows that a kernel of `stage` asks. */
export function rowsOfStage(stage: Stage): StageRows {
  const known = ROWS_OF_STAGE.get(stage);
  if (known !== undefined) return known;
  const rows: StageRows = {
    file: FILE_ROWS.filter((row) => isInStage(row, stage)),
    beforeScan: [...ARGUMENT_ROWS, ...MEANING_ROWS].filter((row) => isInStage(row, stage)),
    scan: SCAN_ROWS.filter((row) => isInStage(row, stage)),
    afterScan: FINAL_ROWS.filter((row) => isInStage(row, stage)),
    caps: CAPS_ROWS.filter((row) => isInStage(row, stage)),
    stats: STATS_ROWS.filter((row) => isInStage(row, stage)),
  };
  ROWS_OF_STAGE.set(stage, rows);
  return rows;
}
