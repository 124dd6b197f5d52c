import type { Owners } from "./assign-plan.ts";
import type { BytePath, FileChange, Hunk } from "./change.ts";

/** A file as a commit of the split has it. */
export interface StepFile {
  readonly path: BytePath;
  readonly mode: string;
  /** The id of a blob (or submodule commit) that exists, or the bytes of one to be made. */
  readonly content: string | Uint8Array;
}

/** The state of one file after the commit with index `step`; undefined when there is none. */
export function fileAtStep(
  file: FileChange,
  owners: Owners[number],
  step: number,
): StepFile | undefined {
  const done = (unit: number, part: number): boolean => (owners[unit]?.[part] ?? 0) <= step;
  const all = owners.flatMap((parts, unit) => [...parts.keys()].map((part) => done(unit, part)));
  if (file.old === undefined && !all.includes(true)) return undefined;
  if (file.new === undefined && !all.includes(false)) return undefined;
  const took = (kind: string): boolean => {
    const unit = file.units.findIndex((one) => one.kind === kind);
    return unit >= 0 && done(unit, 0);
  };
  const [before, after] = [file.old ?? file.new, file.new ?? file.old];
  if (before === undefined || after === undefined) return undefined;
  const path = took("rename") ? after.path : before.path;
  const content = took("content");
  const mode = content || took("mode") ? after.mode : before.mode;
  if (!file.units.some((unit) => unit.kind === "hunk")) {
    return { path, mode, content: content ? after.blob : before.blob };
  }
  return { path, mode, content: Buffer.concat(linesAtStep(file, done)) };
}

/**
 * The lines of a file when some parts of its hunks are done. Within a hunk, removed lines that are
 * still there come before the added ones, as in the patch.
 *
 * @param done whether a part, by indices of unit and part, is done
 */
export function linesAtStep(
  file: FileChange,
  done: (unit: number, part: number) => boolean,
): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let at = 0;
  for (const [unit, hunk] of file.units.entries()) {
    if (hunk.kind !== "hunk") continue;
    lines.push(...file.oldLines.slice(at, hunk.oldStart), ...hunkAtStep(hunk, unit, done));
    at = hunk.oldStart + hunk.removed.length;
  }
  return [...lines, ...file.oldLines.slice(at)];
}

function hunkAtStep(
  hunk: Hunk,
  unit: number,
  done: (unit: number, part: number) => boolean,
): Uint8Array[] {
  const kept = hunk.removed.filter((_, part) => !done(unit, part));
  const added = hunk.added.filter((_, at) => done(unit, hunk.removed.length + at));
  return [...kept, ...added];
}
