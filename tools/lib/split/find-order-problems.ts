import type { Owners } from "./assign-plan.ts";
import { pathAtStep } from "./build-steps.ts";
import { type BytePath, type FileChange, type Hunk, pathOf, showPath } from "./change.ts";

const LF = 10;

/**
 * Why a split cannot be made in the order of its commits, in words; empty when it can.
 *
 * Text alone can be added and removed in any order. What needs an order: a line after a last line
 * that has no newline yet, and a file where there still is a folder (or the reverse).
 *
 * @param owners every part has an owner
 * @param steps number of commits
 */
export function findOrderProblems(
  files: readonly FileChange[],
  owners: Owners,
  steps: number,
): string[] {
  const problems = files.flatMap((file, at) =>
    file.units.flatMap((unit, index) =>
      unit.kind === "hunk" ? endProblems(file, unit, owners[at]?.[index] ?? new Int16Array()) : [],
    ),
  );
  for (let step = 0; step < steps; step += 1) problems.push(...pathProblems(files, owners, step));
  return [...new Set(problems)];
}

/** The old last line without newline must go before, or with, the first line after it. */
function endProblems(file: FileChange, hunk: Hunk, owners: Int16Array): string[] {
  const last = hunk.removed.length - 1;
  if (last < 0 || hunk.removed[last]?.at(-1) === LF || hunk.added.length === 0) return [];
  const removal = owners[last] ?? 0;
  const early = [...hunk.added.keys()]
    .map((at) => hunk.removed.length + at)
    .filter((part) => (owners[part] ?? 0) < removal);
  const [part] = early;
  if (part === undefined) return [];
  return [
    `commit ${(owners[part] ?? 0) + 1} adds line ${part + 1} of change '${hunk.id}' ` +
      `('${showPath(pathOf(file))}') after line ${last + 1}, which has no newline until ` +
      `commit ${removal + 1} replaces it: take line ${last + 1} in the same commit or before`,
  ];
}

function pathProblems(files: readonly FileChange[], owners: Owners, step: number): string[] {
  const live = new Map<BytePath, number>();
  const problems: string[] = [];
  for (const [at, file] of files.entries()) {
    const path = pathAtStep(file, owners[at] ?? [], step);
    if (path === undefined) continue;
    if (live.has(path)) {
      problems.push(`commit ${step + 1} has two files named '${showPath(path)}'`);
    }
    live.set(path, at);
  }
  for (const path of live.keys()) {
    for (let cut = path.indexOf("/"); cut >= 0; cut = path.indexOf("/", cut + 1)) {
      const folder = live.get(path.slice(0, cut));
      if (folder === undefined) continue;
      const later = (owners[folder] ?? []).reduce((most, unit) => unit.reduce(greater, most), 0);
      problems.push(
        `commit ${step + 1} needs the folder of '${showPath(path)}' where ` +
          `'${showPath(path.slice(0, cut))}' is still a file until commit ${later + 1}`,
      );
    }
  }
  return problems;
}

function greater(one: number, other: number): number {
  return Math.max(one, other);
}
