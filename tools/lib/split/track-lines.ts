import { NOBODY } from "./assign-plan.ts";
import { type BytePath, type FileChange, pathOf } from "./change.ts";

/** Where each line of a file came from, over the commits of a series. */
interface Track {
  /** For each line now: the commit that added it, or NOBODY when the base has it. */
  readonly origins: readonly { readonly step: number; readonly oldLine: number }[];
  /** Which commit removed a line of the base, by its index there. */
  readonly removals: ReadonlyMap<number, number>;
  /** The last commit that changed path, mode or the file as a whole. */
  readonly wholeSteps: ReadonlyMap<string, number>;
}

/** A line that one commit adds and a later one removes, so that the end does not have it. */
export interface PassingLine {
  readonly path: BytePath;
  readonly added: number;
  readonly removed: number;
  readonly text: string;
}

/** Follows the lines of files through the commits of a series, as `git blame` would. */
export class LineTracker {
  readonly passing: PassingLine[] = [];
  readonly #tracks = new Map<BytePath, Track>();

  /** Takes in what the commit with index `step` changes; commits come in order. */
  apply(files: readonly FileChange[], step: number): void {
    const moved: [BytePath, Track][] = [];
    for (const file of files) {
      const before = file.old?.path ?? file.new?.path ?? "";
      const track = this.#tracks.get(before) ?? startOf(file);
      this.#tracks.delete(before);
      moved.push([file.new?.path ?? before, this.#advance(file, track, step)]);
    }
    for (const [path, track] of moved) this.#tracks.set(path, track);
  }

  /** Owners of the parts of a file of the whole change; NOBODY where the tracks do not tell. */
  ownersOf(file: FileChange): Int16Array[] {
    const track = this.#tracks.get(file.new?.path ?? file.old?.path ?? "");
    return file.units.map((unit) => {
      if (unit.kind !== "hunk") return Int16Array.of(track?.wholeSteps.get(unit.kind) ?? NOBODY);
      const removed = unit.removed.map((_, at) => track?.removals.get(unit.oldStart + at));
      const added = unit.added.map((_, at) => track?.origins[unit.newStart + at]?.step);
      return Int16Array.from([...removed, ...added].map((step) => step ?? NOBODY));
    });
  }

  #advance(file: FileChange, track: Track, step: number): Track {
    const runs: Track["origins"][number][][] = [];
    const removals = new Map(track.removals);
    const wholeSteps = new Map(track.wholeSteps);
    let at = 0;
    for (const unit of file.units) {
      if (unit.kind !== "hunk") {
        wholeSteps.set(unit.kind, step);
        continue;
      }
      const end = unit.oldStart + unit.removed.length;
      for (const [line, origin] of track.origins.slice(unit.oldStart, end).entries()) {
        if (origin.step === NOBODY) removals.set(origin.oldLine, step);
        else this.passing.push(passingLine(file, unit.removed[line], origin.step, step));
      }
      const fresh = unit.added.map(() => ({ step, oldLine: NOBODY }));
      runs.push(track.origins.slice(at, unit.oldStart), fresh);
      at = end;
    }
    const origins = [...runs, track.origins.slice(at)].flat();
    return { origins, removals, wholeSteps };
  }
}

/** A file that no commit has touched yet: all its lines are of the base. */
function startOf(file: FileChange): Track {
  const origins = file.oldLines.map((_, oldLine) => ({ step: NOBODY, oldLine }));
  return { origins, removals: new Map(), wholeSteps: new Map() };
}

function passingLine(
  file: FileChange,
  line: Uint8Array | undefined,
  added: number,
  removed: number,
): PassingLine {
  const text = Buffer.from(line ?? [])
    .toString("utf8")
    .trimEnd();
  return { path: pathOf(file), added, removed, text };
}
