import type { ErrnoName } from "../abi/errno.ts";
import { isSince, type Stage } from "../abi/stage.ts";
import { CHECK_ORDER } from "./check-order.ts";
import type { CheckRow } from "./check-row.ts";

/** What one step of the order of checks can answer, for a table in a document. */
export interface ErrnoStep {
  readonly step: number;
  /** Step 0 is about system calls: the one that this errno is for. */
  readonly call?: string;
  readonly errno: ErrnoName;
  /** Ids of the rows, in the table's order. */
  readonly rows: readonly string[];
}

/**
 * The errnos of a stage by step, also those that no caller can see: each step (of step 0, each
 * call) and errno once, ascending.
 */
export function errnoTable(stage: Stage): readonly ErrnoStep[] {
  const byKey = new Map<string, ErrnoStep>();
  for (const row of CHECK_ORDER.filter((one) => isOf(one, stage))) {
    const { step, errno, id } = row;
    const call = row.phase === "file" ? callOf(row.condition) : undefined;
    const key = [step, call, errno].join();
    const rows = [...(byKey.get(key)?.rows ?? []), id];
    byKey.set(key, { step, ...(call !== undefined && { call }), errno, rows });
  }
  return [...byKey.values()].sort((a, b) => a.step - b.step);
}

/** Whether a kernel of `stage` has the row, seen or not. */
function isOf({ since, until }: CheckRow, stage: Stage): boolean {
  return isSince(stage, since) && (until === undefined || isSince(until, stage));
}

/** The condition of a row about the file begins with the system call. */
function callOf(condition: string): string {
  return /^\w+/.exec(condition)?.[0] ?? "";
}
