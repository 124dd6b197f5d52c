import { createPrng } from "./prng.ts";

/** For each factor which of its levels a row takes. */
export type Row = readonly number[];

const CANDIDATES = 4;

/**
 * Rows in which every combination of levels of any `strength` factors occurs: a covering array,
 * made greedily. The same numbers of levels give the same rows.
 */
export function coveringArray(levels: readonly number[], strength: number): readonly Row[] {
  const groups = combinations(levels.length, strength);
  const left = new Set(groups.flatMap((group) => tuplesOf(levels, group)));
  const prng = createPrng(levels.length, strength, ...levels);
  const rows: Row[] = [];
  while (left.size > 0) {
    let best: Row = [];
    let bestGain = 0;
    for (let tries = 0; tries < CANDIDATES || bestGain === 0; tries += 1) {
      const row = grow(levels, left, prng.below);
      const gain = groups.filter((group) => left.has(tupleKey(group, row))).length;
      if (gain > bestGain) [best, bestGain] = [row, gain];
    }
    for (const group of groups) left.delete(tupleKey(group, best));
    rows.push(best);
  }
  return rows;
}

/** Every row there is. */
export function fullProduct(levels: readonly number[]): readonly Row[] {
  return levels.reduce<readonly Row[]>(
    (rows, count) =>
      rows.flatMap((row) => Array.from({ length: count }, (_, level) => [...row, level])),
    [[]],
  );
}

/** A row that has the first tuple that is left, and random levels elsewhere. */
function grow(
  levels: readonly number[],
  left: ReadonlySet<string>,
  below: (bound: number) => number,
): Row {
  const row = levels.map((count) => below(count));
  const [first = ""] = left;
  for (const part of first.split(",").filter((text) => text !== "")) {
    const [factor = 0, level = 0] = part.split("=").map(Number);
    row[factor] = level;
  }
  return row;
}

function combinations(count: number, size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, last) => last).flatMap((last) =>
    combinations(last, size - 1).map((rest) => [...rest, last]),
  );
}

function tuplesOf(levels: readonly number[], group: readonly number[]): readonly string[] {
  const counts = group.map((factor) => levels[factor] ?? 0);
  return fullProduct(counts).map((choice) =>
    group.map((factor, index) => `${factor}=${choice[index]}`).join(","),
  );
}

function tupleKey(group: readonly number[], row: Row): string {
  return group.map((factor) => `${factor}=${row[factor]}`).join(",");
}
