import type { HunkEntry, PlanEdit } from "../config/edit-split-plan.ts";
import type { LocatedPlan } from "../config/load-split-plan.ts";
import { assignPlan, NOBODY } from "./assign-plan.ts";
import { countParts, type FileChange } from "./change.ts";
import { groupParts, rangesOf } from "./describe-parts.ts";
import { filesOf, type Part, selectParts } from "./select-parts.ts";

/** A change by its place in the list of files. */
export interface UnitPlace {
  readonly file: number;
  readonly unit: number;
}

/**
 * How a plan has to be edited so that one commit takes some changes, whole, and no other does.
 *
 * An entry that took such a change together with others (by path, symbol or pattern) is written out
 * as the ids of those that are left to it.
 *
 * @param to index of the commit, or NOBODY
 */
export function moveUnits(
  plan: LocatedPlan,
  files: readonly FileChange[],
  units: readonly UnitPlace[],
  to: number,
): PlanEdit[] {
  const moved = new Set(units.map(keyOf));
  const { owners } = assignPlan(plan, files);
  const edits: PlanEdit[] = [];
  for (const [commit, { take }] of plan.value.commits.entries()) {
    for (const [entry, item] of take.entries()) {
      const parts =
        item.rest === undefined ? trySelect(item, files) : restOf(commit, take, files, owners);
      // What is taken by name is no longer part of the rest.
      if (item.rest !== undefined && to !== NOBODY) continue;
      // The rest would take at once what nobody is to have.
      const rest = item.rest === undefined ? [] : filesOf([item.rest], files);
      const touched = (part: Part): boolean => moved.has(keyOf(part));
      if (!parts.some(touched) && !units.some(({ file }) => rest.includes(file))) continue;
      const left = parts.filter((part) => !touched(part));
      edits.push({ kind: "replace", commit, entry, by: entriesOf(left, files) });
    }
  }
  if (to === NOBODY) return edits;
  const ids = units.flatMap(({ file, unit }) => files[file]?.units[unit]?.id ?? []);
  return [...edits, { kind: "append", commit: to, entries: ids.map((hunk) => ({ hunk })) }];
}

/** The changes that a `rest` of a commit takes: those of its owner that no other entry names. */
function restOf(
  commit: number,
  take: LocatedPlan["value"]["commits"][number]["take"],
  files: readonly FileChange[],
  owners: ReturnType<typeof assignPlan>["owners"],
): Part[] {
  const named = new Set(
    take
      .filter((item) => item.rest === undefined)
      .flatMap((item) => trySelect(item, files).map(idOf)),
  );
  return owners.flatMap((file, at) =>
    file.flatMap((parts, unit) =>
      [...parts.keys()]
        .filter((part) => parts[part] === commit)
        .map((part) => ({ file: at, unit, part }))
        .filter((part) => !named.has(idOf(part))),
    ),
  );
}

/** An entry that is stale takes nothing; the check of the plan tells it. */
function trySelect(item: Parameters<typeof selectParts>[0], files: readonly FileChange[]): Part[] {
  try {
    return selectParts(item, files);
  } catch {
    return [];
  }
}

function entriesOf(parts: readonly Part[], files: readonly FileChange[]): HunkEntry[] {
  return groupParts(parts).flatMap((group): HunkEntry[] => {
    const [first] = group;
    const unit = files[first?.file ?? -1]?.units[first?.unit ?? -1];
    if (unit === undefined) return [];
    if (group.length === countParts(unit)) return [{ hunk: unit.id }];
    return [{ hunk: unit.id, lines: rangesOf(group.map(({ part }) => part + 1)) }];
  });
}

function keyOf({ file, unit }: UnitPlace): string {
  return `${file} ${unit}`;
}

function idOf({ file, unit, part }: Part): string {
  return `${file} ${unit} ${part}`;
}
