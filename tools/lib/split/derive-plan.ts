import { ToolError } from "../error.ts";
import { type CommitObject, readCommits } from "../git/commits.ts";
import { withScratch } from "../series/apply-series.ts";
import { NOBODY, type Owners } from "./assign-plan.ts";
import { type FileChange, pathOf, showPath } from "./change.ts";
import { rangesOf } from "./describe-parts.ts";
import type { ChangeRange } from "./inspect-changes.ts";
import { readChanges } from "./read-changes.ts";
import type { DraftCommit, DraftItem } from "./render-plan.ts";
import { LineTracker, type PassingLine } from "./track-lines.ts";
import { type TreeTarget, writeTrees } from "./write-trees.ts";

export interface DeriveRequest extends ChangeRange {
  /** Commits on the same base that end with the same tree. */
  readonly likeBase: string;
  readonly likeTip: string;
}

/**
 * The plan that makes one series out of the squashed one: the same trees, messages and dates.
 *
 * @throws ToolError (user) `series-differ` when base or end are not the same, `not-a-split` when
 *   the series has a state that no order of the changes gives
 */
export async function derivePlan(request: DeriveRequest): Promise<DraftCommit[]> {
  return await withScratch(request, async (scratch) => {
    const { git } = scratch;
    const like = await readCommits(git, [`${request.likeBase}..${request.likeTip}`]);
    const ends = [request.base, request.likeBase, request.tip, request.likeTip];
    const trees = await git.lines(["rev-parse", ...ends.map((one) => `${one}^{tree}`)]);
    if (like.length === 0 || trees[0] !== trees[1] || trees[2] !== trees[3]) {
      throw new ToolError("the two ranges do not begin and end with the same files", {
        kind: "user",
        code: "series-differ",
        hints: [`git diff ${request.tip} ${request.likeTip}`],
      });
    }
    const files = await readChanges(git, request.base, request.tip);
    const tracker = new LineTracker();
    let before = request.base;
    for (const [step, commit] of like.entries()) {
      tracker.apply(await readChanges(git, before, commit.id), step);
      before = commit.id;
    }
    const owners = files.map((file) => fillGaps(tracker.ownersOf(file)));
    await requireSameTrees({ ...request, like, files, owners, passing: tracker.passing }, scratch);
    return like.map((commit, step) => draftOf(commit, files, owners, step));
  });
}

/**
 * Where equal lines stand next to each other, the whole diff may call another one of them new
 * than the diffs of the commits do. Such a line goes with its neighbour; the trees tell whether
 * that is right.
 */
function fillGaps(units: readonly Int16Array[]): Int16Array[] {
  return units.map((unit) => {
    const known = unit.find((owner) => owner !== NOBODY) ?? 0;
    let last = known;
    return unit.map((owner) => {
      last = owner === NOBODY ? last : owner;
      return last;
    });
  });
}

interface Derived {
  readonly base: string;
  readonly like: readonly CommitObject[];
  readonly files: readonly FileChange[];
  readonly owners: Owners;
  readonly passing: readonly PassingLine[];
}

async function requireSameTrees(derived: Derived, scratch: TreeTarget): Promise<void> {
  const { like, passing } = derived;
  const trees = await writeTrees(derived.base, derived.files, derived.owners, like.length, scratch);
  const at = trees.findIndex((tree, step) => tree !== like[step]?.tree);
  if (at < 0) return;
  const [first] = passing;
  const why =
    first === undefined
      ? `no order of the changes gives the files of commit ${at + 1}`
      : `commit ${first.added + 1} adds a line to '${showPath(first.path)}' that commit ` +
        `${first.removed + 1} removes again: '${first.text}'`;
  throw new ToolError(`the series cannot be made by a split: ${why}`, {
    kind: "user",
    code: "not-a-split",
    hints: [`git diff-tree -r --name-status ${trees[at]} ${like[at]?.tree}`],
  });
}

function draftOf(
  commit: CommitObject,
  files: readonly FileChange[],
  owners: Owners,
  step: number,
): DraftCommit {
  const message = Buffer.from(commit.message, "latin1").toString("utf8");
  const take = files.flatMap((file, at) => takeOf(file, owners[at] ?? [], step));
  const [subject = ""] = message.split("\n");
  return { message, date: isoDate(commit.author), why: `${step + 1}: ${subject}`, take };
}

/** A file that only this commit changes is named by its path, others by their changes. */
function takeOf(file: FileChange, owners: Owners[number], step: number): DraftItem[] {
  const path = showPath(pathOf(file));
  const alone = owners.every((unit) => unit.every((owner) => owner === step));
  const renamed = file.old !== undefined && file.old.path !== pathOf(file);
  if (alone && !renamed && !/["*?]/.test(path)) return [{ path, why: "all that changes in it" }];
  return file.units.flatMap((unit, at) => {
    const own = [...(owners[at] ?? []).entries()].filter(([, owner]) => owner === step);
    if (own.length === 0) return [];
    const all = own.length === owners[at]?.length;
    const lines = all ? {} : { lines: rangesOf(own.map(([part]) => part + 1)) };
    const what = unit.kind === "hunk" ? `line ${unit.newStart + 1}` : unit.kind;
    return [{ hunk: unit.id, ...lines, why: `${path}, ${what}` }];
  });
}

/** `Name <mail> 1700000000 +0130` as `2023-11-14T23:43:20+01:30`. */
function isoDate(person: string): string {
  const [, seconds = "0", sign = "+", hours = "00", minutes = "00"] =
    /(\d+) ([+-])(\d\d)(\d\d)$/.exec(person) ?? [];
  const offsetS = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === "-" ? -1 : 1);
  const local = new Date((Number(seconds) + offsetS) * 1000).toISOString().slice(0, 19);
  return `${local}${sign}${hours}:${minutes}`;
}
