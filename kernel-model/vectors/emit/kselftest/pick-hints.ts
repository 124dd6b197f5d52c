import { HINT_OP_NAMES, type HintOpName } from "../../../abi/hint-ops.ts";
import { rowsOfStage } from "../../../machine/check-order.ts";
import type { Machine } from "../../../machine/params.ts";
import { type Fault, faultsOfStage } from "../../faults.ts";
import { type HintSpec, specCalls, validSpec } from "../../hint-spec.ts";
import { infeasiblePairs } from "../../infeasible.ts";
import { rowPairs } from "../../pairs.ts";
import { predict } from "../../predict.ts";
import { type HintEntry, hintEntry } from "./hint-entry.ts";

/** A hint of the selftest, and what the model says of it. */
export interface PickedHint {
  readonly op: HintOpName;
  /** What is wrong with it, in the order in which it was done. */
  readonly faults: readonly Fault[];
  readonly spec: HintSpec;
  readonly entry: HintEntry;
  /** The row that answers, or `CARRIED_OUT`. */
  readonly answer: string;
  /** All rows that it violates, in the table's order. */
  readonly rows: readonly string[];
}

type Picked = PickedHint | null;

/** The answer to a hint without a mistake from v3 on, which is no row of the table: success. */
export const CARRIED_OUT = "carried-out";

/**
 * Rows that take memory or keys that not every machine has, or pages that have moved; the guest's
 * vectors have them.
 */
export const NOT_EVERYWHERE: ReadonlySet<string> = new Set([
  "result-faults",
  "vma-secret",
  "vma-key-denies",
  "vma-uffd-minor",
]);

/**
 * A small set of hints that holds on every machine and still shows all that a table of checks can:
 * each row alone, what just gets past it, and for each pair of rows which of both answers. A hint
 * has as many mistakes as fit, so that a few dozen show all pairs.
 */
export function pickHints(machine: Machine): readonly PickedHint[] {
  const { beforeScan, scan, afterScan } = rowsOfStage(machine.stage);
  const order = [...beforeScan, ...scan]
    .map(({ id }) => id)
    .filter((id) => !NOT_EVERYWHERE.has(id));
  const final = [...afterScan.map(({ id }) => id), CARRIED_OUT];
  const impossible = new Set(
    infeasiblePairs(machine).map(({ first, second }) => `${first} ${second}`),
  );
  const pairs = rowPairs(machine.stage).filter(
    ({ first, second }) => !NOT_EVERYWHERE.has(second) && !impossible.has(`${first} ${second}`),
  );
  return distinct([
    ...order.flatMap((row) => pickAlone(machine, row)),
    ...HINT_OP_NAMES.map((op) => pick(machine, [], op)),
    ...order.flatMap((row) => pickTwins(machine, row, final)),
    ...order.flatMap((row) => {
      const wanted = pairs.filter(({ first }) => first === row).map(({ second }) => second);
      return pickTogether(machine, row, wanted);
    }),
  ]);
}

/** Each way to violate the row and as little else as can be. */
function pickAlone(machine: Machine, row: string): readonly Picked[] {
  return faultsOf(machine, row).flatMap((fault) => {
    const picked = HINT_OP_NAMES.map((op) => pick(machine, [fault], op)).filter(
      (one) => one?.answer === row,
    );
    return picked.toSorted((a, b) => rowCount(a) - rowCount(b)).slice(0, 1);
  });
}

/** What differs from that in the one field and gets past the row. */
function pickTwins(machine: Machine, row: string, final: readonly string[]): readonly Picked[] {
  return faultsOf(machine, row).map(({ id, twin }) => {
    const apply = twin ?? (() => null);
    const picked = HINT_OP_NAMES.map((op) => pick(machine, [{ id, apply }], op));
    return picked.find((one) => one !== null && final.includes(one.answer)) ?? null;
  });
}

/** Hints that `row` answers though later rows are violated, until every pair is shown. */
function pickTogether(
  machine: Machine,
  row: string,
  wanted: readonly string[],
): readonly PickedHint[] {
  const missing = new Set(wanted);
  const chosen: PickedHint[] = [];
  for (const other of wanted) {
    if (!missing.has(other)) continue;
    const seed = pickPair(machine, row, other);
    if (seed === null) continue;
    const grown = heap(machine, seed, [...missing, ...wanted]);
    chosen.push(grown);
    for (const id of grown.rows) missing.delete(id);
  }
  return chosen;
}

/** A hint that violates both rows, and the first of them answers. */
function pickPair(machine: Machine, row: string, other: string): PickedHint | null {
  for (const a of faultsOf(machine, row)) {
    for (const b of faultsOf(machine, other)) {
      for (const op of HINT_OP_NAMES) {
        for (const faults of [
          [a, b],
          [b, a],
        ]) {
          const picked = pick(machine, faults, op);
          if (picked?.answer === row && picked.rows.includes(other)) return picked;
        }
      }
    }
  }
  return null;
}

/** The hint with every other mistake that leaves those before it as they are. */
function heap(machine: Machine, seed: PickedHint, others: readonly string[]): PickedHint {
  let best = seed;
  for (const other of others) {
    if (best.rows.includes(other)) continue;
    const grown = faultsOf(machine, other)
      .flatMap((more) => [
        [...best.faults, more],
        [more, ...best.faults],
      ])
      .map((faults) => pick(machine, faults, best.op))
      .find((picked) => picked !== null && extendsHint(picked, best, other));
    best = grown ?? best;
  }
  return best;
}

function extendsHint(picked: PickedHint, best: PickedHint, other: string): boolean {
  if (picked.answer !== best.answer || !picked.rows.includes(other)) return false;
  return best.rows.every((id) => picked.rows.includes(id));
}

function pick(machine: Machine, faults: readonly Fault[], op: HintOpName): Picked {
  const spec = faults.reduce<HintSpec | null>(
    (changed, fault) => changed && fault.apply(changed, machine),
    validSpec(op),
  );
  const entry = spec && hintEntry(spec, machine);
  if (spec === null || entry === null) return null;
  const { rows, answer: row } = predict(machine, specCalls(spec));
  const answer = row ?? (rows.length === 0 ? CARRIED_OUT : null);
  return answer === null ? null : { op, faults, spec, entry, answer, rows };
}

function faultsOf({ stage }: Machine, row: string): readonly Fault[] {
  return faultsOfStage(stage).find(([id]) => id === row)?.[1] ?? [];
}

function rowCount(picked: Picked): number {
  return picked?.rows.length ?? Number.POSITIVE_INFINITY;
}

function distinct(picked: readonly Picked[]): readonly PickedHint[] {
  const byText = new Map<string, PickedHint>();
  for (const one of picked) {
    if (one === null) continue;
    const key = JSON.stringify(one.entry);
    if (!byText.has(key)) byText.set(key, one);
  }
  return [...byText.values()];
}
