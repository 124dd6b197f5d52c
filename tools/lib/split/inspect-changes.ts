import type { LocatedPlan } from "../config/load-split-plan.ts";
import { findCutLine } from "../patch/find-losses.ts";
import { type SeriesContext, withScratch } from "../series/apply-series.ts";
import { assignPlan } from "./assign-plan.ts";
import { type FileChange, pathOf, showPath, type Unit } from "./change.ts";
import { sizeWords } from "./describe-parts.ts";
import { findEarlyUses } from "./find-early-uses.ts";
import { findOrderProblems } from "./find-order-problems.ts";
import { readChanges } from "./read-changes.ts";

/** Two commits whose difference is looked at. */
export interface ChangeRange extends SeriesContext {
  /** Full ids. */
  readonly base: string;
  readonly tip: string;
}

/** Reads the changes between two commits of a tree, with nothing of its configuration. */
export async function inspectChanges(range: ChangeRange): Promise<FileChange[]> {
  return await withScratch(range, ({ git }) => readChanges(git, range.base, range.tip));
}

/**
 * All that is wrong with a plan for some changes, each line with its place: stale ids, what is
 * taken twice or by nobody, what cannot be ordered. Empty when the split can be made.
 */
export function checkPlan(plan: LocatedPlan, files: readonly FileChange[]): string[] {
  const { owners, problems, missed } = assignPlan(plan, files);
  const all = [
    ...problems,
    ...missed.map((what) => `${plan.placeOf([])}: no commit takes ${what}`),
  ];
  if (all.length > 0) return all;
  const order = findOrderProblems(files, owners, plan.value.commits.length);
  return order.map((words) => `${plan.placeOf(["commits"])}: ${words}`);
}

/** What may keep a commit of a complete plan from building, for people; see `findEarlyUses`. */
export function notesOnPlan(plan: LocatedPlan, files: readonly FileChange[]): string[] {
  return findEarlyUses(files, assignPlan(plan, files).owners);
}

/** Which messages of a plan `git am` would cut short, with the line that does it. */
export function notesOnMessages(plan: LocatedPlan): string[] {
  return plan.value.commits.flatMap(({ message }, at) => {
    const line = findCutLine(message);
    if (line === undefined) return [];
    const place = plan.placeOf(["commits", at, "message"]);
    return [`${place}: in a mail '${line}' ends the message, with all tags below it; indent it`];
  });
}

/** The changes as a list for people: a line for each file, and for each change its id and place. */
export function listChanges(files: readonly FileChange[]): string {
  const lines = files.flatMap((file) => [
    showPath(pathOf(file)),
    ...file.units.map((unit) => `  ${unit.id}  ${placeWords(unit)}`),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function placeWords(unit: Unit): string {
  if (unit.kind !== "hunk") return unit.kind;
  const first = Buffer.from(unit.added[0] ?? unit.removed[0] ?? []).toString("utf8");
  const shown = first
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 60);
  return `${sizeWords(unit)} at line ${unit.newStart + 1}: ${shown}`;
}
