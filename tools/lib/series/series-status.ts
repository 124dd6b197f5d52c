import { openGit } from "../git/git.ts";
import { readRepoState } from "../git/repo-state.ts";
import { readRef } from "./apply-series.ts";
import {
  compareFolder,
  type FolderChanges,
  readCoverText,
  readPatchNotes,
} from "./export-series.ts";
import { type FormatRequest, formatSeries } from "./format-series.ts";

export interface StatusRequest
  extends Omit<FormatRequest, "coverText" | "patchNotes" | "tip" | "signOff"> {
  /** Folder of the mails. */
  readonly dir: string;
  /** Ref of the stage. */
  readonly ref: string;
}

/** Where a stage stands: its commits, its folder, and whether they tell the same. */
export interface SeriesStatus {
  /** Tip of the commits, undefined when `series apply` has not made them. */
  readonly tip: string | undefined;
  /** Number of commits after the base. */
  readonly commits: number;
  /** How the folder compares with the commits; undefined without commits. */
  readonly folder: FolderChanges | undefined;
  /** What the tree's repository is in the middle of, such as `rebase`; only told, never changed. */
  readonly inProgress: string | undefined;
}

/** Compares the commits of a stage with its mails. Changes nothing. */
export async function readSeriesStatus(request: StatusRequest): Promise<SeriesStatus> {
  const git = openGit({ dir: request.tree.dir, signal: request.signal });
  const { inProgress } = await readRepoState(request.tree.dir);
  const tip = await readRef(git, request.ref);
  if (tip === undefined) return { tip, commits: 0, folder: undefined, inProgress };
  const coverText = await readCoverText(request.dir);
  const patchNotes = await readPatchNotes(request.dir);
  const files = await formatSeries({ ...request, tip, coverText, patchNotes });
  const count = await git.text(["rev-list", "--count", `${request.base}..${tip}`]);
  const folder = await compareFolder(request.dir, files);
  return { tip, commits: Number(count), folder, inProgress };
}
