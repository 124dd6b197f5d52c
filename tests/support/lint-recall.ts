import { type DefinedValue, findDefinedValues } from "../../checks/doc/index/defined-values.ts";
import { randomFrom } from "./rst-mutants.ts";
import { CLAIM_SEEDERS } from "./seed-claims.ts";
import { SEEDERS, type Seeder } from "./seed-faults.ts";

/** For each rule for reStructuredText the way to put its faults into a document. */
export const ALL_SEEDERS: Readonly<Record<string, Seeder>> = { ...SEEDERS, ...CLAIM_SEEDERS };

/** What the series defines of which the faults of `series-value` tell something else. */
export const SEEDED_VALUES: ReadonlyMap<string, DefinedValue> = findDefinedValues([
  { path: "mm/seeded.h", after: "#define SEEDED_LIMIT 512\n" },
]);

/** Lints a text under a path; gives `line:column rule` of each finding. */
export type Lint = (path: string, source: string) => readonly string[];

export interface Recall {
  readonly seeded: number;
  /** The seed and the place of each fault that was not found at its line and column. */
  readonly missed: readonly string[];
}

export interface RecallRequest {
  readonly docs: readonly (readonly [path: string, source: string])[];
  readonly lint: Lint;
  readonly faults: number;
}

const TRIES = 40;

/** Puts faults of one rule into copies of documents, one at a time, and has them found. */
export function measureRecall(
  id: string,
  seeder: Seeder,
  { docs, lint, faults }: RecallRequest,
): Recall {
  const missed: string[] = [];
  let seeded = 0;
  for (let number = 0; seeded < faults && number < TRIES * faults; number++) {
    const random = randomFrom(number);
    const [path, source] = docs[random(docs.length)] ?? ["", ""];
    const fault = seeder(source, path, random);
    if (fault === undefined) continue;
    seeded++;
    const place = `${fault.line}:${fault.column} ${id}`;
    const found = lint(fault.path ?? path, fault.source);
    if (!found.includes(place)) missed.push(`seed ${number}: ${path}:${place}`);
  }
  return { seeded, missed };
}
