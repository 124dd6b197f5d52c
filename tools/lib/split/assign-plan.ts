import type { LocatedPlan } from "../config/load-split-plan.ts";
import type { PlanItem } from "../config/split-plan-schema.ts";
import { countParts, type FileChange } from "./change.ts";
import { describeParts, groupParts } from "./describe-parts.ts";
import { filesOf, type Part, partsOfFile, selectParts } from "./select-parts.ts";

/** Owner of a part that no commit takes. */
export const NOBODY = -1;

/** Index of the commit that takes each part: by file, by unit, by part. */
export type Owners = readonly (readonly Int16Array[])[];

/** The changes handed out as a plan says. */
export interface Assignment {
  readonly owners: Owners;
  /** What the plan says wrongly, each beginning with its place in the plan. */
  readonly problems: readonly string[];
  /** What no commit takes, for people. */
  readonly missed: readonly string[];
}

/** Hands out all changes. Problems are collected, not thrown, so that a check can tell them all. */
export function assignPlan(plan: LocatedPlan, files: readonly FileChange[]): Assignment {
  const owners = files.map((file) =>
    file.units.map((unit) => new Int16Array(countParts(unit)).fill(NOBODY)),
  );
  const problems: string[] = [];
  const entries = plan.value.commits.flatMap((commit, owner) =>
    commit.take.map((item, at) => ({ item, owner, place: ["commits", owner, "take", at] })),
  );
  const tell = (path: readonly PropertyKey[], words: string): void => {
    problems.push(`${plan.placeOf(path)}: ${words}`);
  };
  const give = (parts: readonly Part[], owner: number, place: readonly PropertyKey[]): void => {
    const twice = claim(owners, parts, owner);
    for (const [other, again] of twice) {
      tell(place, `takes again what commit ${other + 1} takes: ${describeParts(files, again)}`);
    }
  };
  for (const { item, owner, place } of entries) {
    if (item.rest !== undefined) continue;
    try {
      const parts = selectParts(item, files);
      if (parts.length === 0)
        tell([...place, ...keyOf(item)], `takes nothing: ${itemWords(item)} matches no change`);
      give(parts, owner, place);
    } catch (error) {
      tell([...place, ...keyOf(item)], (error as Error).message);
    }
  }
  const left = new Set(unowned(owners, files).map(keyOfPart));
  for (const { item, owner, place } of entries) {
    if (item.rest === undefined) continue;
    const parts = filesOf([item.rest], files).flatMap((file) => partsOfFile(files, file));
    give(
      parts.filter((part) => left.has(keyOfPart(part))),
      owner,
      place,
    );
  }
  for (const owner of plan.value.commits.keys()) {
    const has = owners.some((file) => file.some((unit) => unit.includes(owner)));
    if (!has) tell(["commits", owner], `commit ${owner + 1} takes nothing`);
  }
  const missed = unowned(owners, files);
  return {
    owners,
    problems,
    missed: groupParts(missed).map((group) => describeParts(files, group)),
  };
}

/** Gives parts to a commit; tells those that another one has already, by that one. */
function claim(owners: Owners, parts: readonly Part[], owner: number): Map<number, Part[]> {
  const twice = new Map<number, Part[]>();
  for (const part of parts) {
    const unit = owners[part.file]?.[part.unit];
    const before = unit?.[part.part] ?? NOBODY;
    if (unit === undefined || before === owner) continue;
    if (before === NOBODY) unit[part.part] = owner;
    else if (!twice.get(before)?.push(part)) twice.set(before, [part]);
  }
  return twice;
}

function unowned(owners: Owners, files: readonly FileChange[]): Part[] {
  return [...files.keys()]
    .flatMap((file) => partsOfFile(files, file))
    .filter((part) => owners[part.file]?.[part.unit]?.[part.part] === NOBODY);
}

function keyOfPart({ file, unit, part }: Part): string {
  return `${file} ${unit} ${part}`;
}

function keyOf(item: PlanItem): string[] {
  return (["hunk", "symbol", "pattern", "path"] as const)
    .filter((key) => item[key] !== undefined)
    .slice(0, 1);
}

function itemWords(item: PlanItem): string {
  const where = item.path === undefined ? "" : ` in '${item.path.join("', '")}'`;
  if (item.symbol !== undefined) return `an added definition of '${item.symbol}'${where}`;
  if (item.pattern !== undefined) return `the pattern '${item.pattern}'${where}`;
  return `path '${item.path?.join("', '")}'`;
}
