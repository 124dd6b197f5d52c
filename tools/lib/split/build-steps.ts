import type { Owners } from "./assign-plan.ts";
import type { BytePath, FileChange, Hunk, WholeChange } from "./change.ts";

/** A file as a commit of the split has it. */
export interface StepFile {
  readonly path: BytePath;
  readonly mode: string;
  /** The id of a blob (or submodule commit) that exists, or the bytes of one to be made. */
  readonly content: string | Uint8Array;
}

/** Whether a part, by indices of unit and part, is done at some step. */
type IsDone = (unit: number, part: number) => boolean;

/** The state of one file after the commit with index `step`; undefined when there is none. */
export function fileAtStep(
  file: FileChange,
  owners: Owners[number],
  step: number,
): StepFile | undefined {
  const path = pathAtStep(file, owners, step);
  const [before, after] = [file.old ?? file.new, file.new ?? file.old];
  if (path === undefined || before === undefined || after === undefined) return undefined;
  const done: IsDone = (unit, part) => (owners[unit]?.[part] ?? 0) <= step;
  const content = took(file, done, "content");
  const mode = content || took(file, done, "mode") ? after.mode : before.mode;
  if (!file.units.some((unit) => unit.kind === "hunk")) {
    return { path, mode, content: content ? after.blob : before.blob };
  }
  return { path, mode, content: Buffer.concat(linesAtStep(file, done)) };
}

/** The path alone of a file after a commit; undefined when the file is not there. */
export function pathAtStep(
  file: FileChange,
  owners: Owners[number],
  step: number,
): BytePath | undefined {
  // A new file comes with the first of its parts, a deleted one goes with the last.
  if (file.old === undefined) {
    const begun = owners.some((unit) => unit.some((owner) => owner <= step));
    return begun ? file.new?.path : undefined;
  }
  if (file.new === undefined) {
    const ended = owners.every((unit) => unit.every((owner) => owner <= step));
    return ended ? undefined : file.old.path;
  }
  const done: IsDone = (unit, part) => (owners[unit]?.[part] ?? 0) <= step;
  return took(file, done, "rename") ? file.new.path : file.old.path;
}

function took(file: FileChange, done: IsDone, kind: WholeChange["kind"]): boolean {
  const unit = file.units.findIndex((one) => one.kind === kind);
  return unit >= 0 && done(unit, 0);
}

/**
 * The lines of a file when some parts of its hunks are done. Within a hunk, removed lines that are
 * still there come before the added ones, as in the patch.
 *
 * @param done whether a part, by indices of unit and part, is done
 */
export function linesAtStep(file: FileChange, done: IsDone): Uint8Array[] {
  const runs: (readonly Uint8Array[])[] = [];
  let at = 0;
  for (const [unit, hunk] of file.units.entries()) {
    if (hunk.kind !== "hunk") continue;
    runs.push(file.oldLines.slice(at, hunk.oldStart), hunkAtStep(hunk, unit, done));
    at = hunk.oldStart + hunk.removed.length;
  }
  return [...runs, file.oldLines.slice(at)].flat();
}

function hunkAtStep(hunk: Hunk, unit: number, done: IsDone): Uint8Array[] {
  const kept = hunk.removed.filter((_, part) => !done(unit, part));
  const added = hunk.added.filter((_, at) => done(unit, hunk.removed.length + at));
  return [...kept, ...added];
}
