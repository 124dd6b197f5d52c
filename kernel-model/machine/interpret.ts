import { rowsOfStage, type StageRows } from "./check-order.ts";
import type { CheckRow, ScanRow } from "./check-row.ts";
import type { HintRequest } from "./hint-request.ts";
import { type Segment, segmentsOf } from "./segments.ts";

/** A hint that gets past the rows of lower steps is carried out. */
export const WORK_STEP = 21;

/**
 * Whether the range leaves what the model knows, and nothing that it does know refuses the hint:
 * the rows that may answer are then those of the scan, each once for each such piece.
 */
export function meetsUnknown(request: HintRequest, rows: readonly CheckRow[]): boolean {
  if (!rows.some(({ phase }) => phase === "scan")) return false;
  const segments = segmentsOf(request);
  if (!segments.some(({ kind }) => kind === "unknown")) return false;
  const table = rowsOfStage(request.state.machine.stage);
  return segments.every(
    (segment) => segment.kind === "unknown" || problemOf(segment, request, table) === undefined,
  );
}

/**
 * The rows that may answer a HINT: one, or several when the range leaves the part of the address
 * space that the model knows.
 */
export function answeringRows(request: HintRequest): readonly CheckRow[] {
  const rows = rowsOfStage(request.state.machine.stage);
  for (const row of rows.beforeScan) {
    if (row.matches(request)) return [row];
  }
  const possible: CheckRow[] = [];
  for (const segment of segmentsOf(request)) {
    if (segment.kind === "unknown") {
      possible.push(...rows.scan);
      continue;
    }
    const problem = problemOf(segment, request, rows);
    if (problem !== undefined) return [...possible, problem];
  }
  const final = rows.afterScan.find((row) => row.matches(request));
  return final === undefined ? possible : [...possible, final];
}

/**
 * Every row that a HINT violates, in the table's order, whichever answers; for one that names no
 * readable argument only the rows up to that.
 */
export function violatedRows(request: HintRequest): readonly CheckRow[] {
  const rows = rowsOfStage(request.state.machine.stage);
  const readable = request.buffer.readable >= 4;
  const asked = readable ? rows.beforeScan : rows.beforeScan.filter(({ step }) => step <= 3);
  const violated: CheckRow[] = asked.filter((row) => row.matches(request));
  if (!readable) return violated;
  const segments = segmentsOf(request);
  violated.push(
    ...rows.scan.filter((row) => segments.some((segment) => row.matches(segment, request))),
    ...rows.afterScan.filter((row) => row.matches(request)),
  );
  return violated;
}

function problemOf(segment: Segment, request: HintRequest, rows: StageRows): ScanRow | undefined {
  for (const row of rows.scan) {
    if (row.matches(segment, request)) return row;
  }
  return undefined;
}
