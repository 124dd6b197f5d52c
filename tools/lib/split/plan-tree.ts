import type { LocatedPlan } from "../config/load-split-plan.ts";
import { assignPlan, NOBODY } from "./assign-plan.ts";
import { countParts, type FileChange, pathOf, showPath, type Unit } from "./change.ts";
import { sizeWords } from "./describe-parts.ts";
import type { UnitPlace } from "./move-units.ts";

/** A line of the tree of a plan: a commit, or a change below the one that takes it. */
export type PlanRow =
  | { readonly kind: "commit"; readonly commit: number; readonly text: string }
  | {
      readonly kind: "unit";
      /** NOBODY below the changes that no commit takes. */
      readonly commit: number;
      readonly place: UnitPlace;
      readonly text: string;
    };

/** A plan as a tree of commits and changes, and what is wrong with it. */
export interface PlanTree {
  readonly rows: readonly PlanRow[];
  /** Changes that no commit takes, whole or in part. */
  readonly unassigned: number;
  readonly problems: readonly string[];
}

/** Lays out a plan: first what no commit takes, then the commits in order. */
export function layOutPlan(plan: LocatedPlan, files: readonly FileChange[]): PlanTree {
  const { owners, problems } = assignPlan(plan, files);
  const rowsOf = (commit: number): PlanRow[] =>
    files.flatMap((change, file) =>
      change.units.flatMap((unit, at): PlanRow[] => {
        const parts = [...(owners[file]?.[at] ?? [])].filter((owner) => owner === commit).length;
        if (parts === 0) return [];
        const some = parts < countParts(unit) ? ` (${parts} of ${countParts(unit)} lines)` : "";
        const text = `${showPath(pathOf(change))} ${unitWords(unit)}${some}`;
        return [{ kind: "unit", commit, place: { file, unit: at }, text }];
      }),
    );
  const left = rowsOf(NOBODY);
  const head: PlanRow = { kind: "commit", commit: NOBODY, text: `unassigned: ${left.length}` };
  const commits = plan.value.commits.flatMap(({ message }, commit): PlanRow[] => {
    const rows = rowsOf(commit);
    const [subject = ""] = message.trimStart().split("\n");
    const text = `${commit + 1}. ${subject} (${rows.length})`;
    return [{ kind: "commit", commit, text }, ...rows];
  });
  return { rows: [head, ...left, ...commits], unassigned: left.length, problems };
}

function unitWords(unit: Unit): string {
  if (unit.kind !== "hunk") return unit.kind;
  const first = Buffer.from(unit.added[0] ?? unit.removed[0] ?? []).toString("utf8");
  const shown = first.replace(/\p{Cc}+/gu, " ").trim();
  return `${sizeWords(unit)} :${unit.newStart + 1} ${shown}`;
}
