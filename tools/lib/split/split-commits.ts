import { invalidPlan, type LocatedPlan } from "../config/load-split-plan.ts";
import { ToolError } from "../error.ts";
import { readCommits } from "../git/commits.ts";
import { type Git, openGit } from "../git/git.ts";
import { copyNotes } from "../operation/copy-notes.ts";
import type { RefChange } from "../operation/operation-log.ts";
import { readRefValue } from "../operation/read-ref-value.ts";
import { recordOperation } from "../operation/record-operation.ts";
import { requireRewritable } from "../operation/require-rewritable.ts";
import { type SeriesContext, withScratch } from "../series/apply-series.ts";
import { sendCommits } from "../series/land-commits.ts";
import { type Assignment, assignPlan } from "./assign-plan.ts";
import type { FileChange } from "./change.ts";
import { findOrderProblems } from "./find-order-problems.ts";
import { readChanges } from "./read-changes.ts";
import { writeCommits } from "./write-commits.ts";
import { writeTrees } from "./write-trees.ts";

/** Which commits are split, and where the result goes. */
export interface SplitRange {
  /** Full id of the commit before the first one. */
  readonly base: string;
  /** Full id of the last one. */
  readonly tip: string;
  /** Ref that names `tip` and moves; undefined when it stays. */
  readonly source: string | undefined;
  /** Ref that gets the new commits; often `source`. */
  readonly into: string;
}

export interface SplitRequest extends SeriesContext, SplitRange {
  readonly plan: LocatedPlan;
  /** Addresses of the user, see `requireRewritable`. */
  readonly ownEmails: readonly string[];
  /** Now, in seconds since 1970, for the log of operations. */
  readonly nowS: number;
  readonly dryRun: boolean;
}

/** A commit that a split made. */
export interface SplitCommit {
  readonly id: string;
  readonly tree: string;
}

export interface SplitResult {
  readonly commits: readonly SplitCommit[];
  /** How refs moved, or would; empty when all is as it was. */
  readonly changes: readonly RefChange[];
}

/**
 * Makes the commits of a plan out of other commits.
 *
 * All is made and proved in a scratch repository first: every line and change is in exactly one
 * commit, each commit changes something, and the last tree is the tree before, bit for bit. Then
 * the objects are sent and all refs move in one transaction. Otherwise nothing has changed.
 *
 * @throws ToolError (config) `split-plan-invalid`, `split-not-orderable`, `split-author-unclear`,
 *   and those of `requireRewritable` and `recordOperation`
 */
export async function splitCommits(request: SplitRequest): Promise<SplitResult> {
  const { base, tip, plan, into, source } = request;
  const shared = { signal: request.signal, onCommand: request.onCommand };
  const git = openGit({ dir: request.tree.gitDir, ...shared });
  const sources = await requireRewritable({ ...request, git, moves: source === into });
  const before = source === into ? tip : await readRefValue(git, into);
  return await withScratch(request, async (scratch) => {
    const files = await readChanges(scratch.git, base, tip);
    const { owners } = requireComplete(plan, files);
    const steps = plan.value.commits.length;
    requireOrder(findOrderProblems(files, owners, steps));
    const trees = await writeTrees(base, files, owners, steps, scratch);
    await requireSameEnd(scratch.git, base, tip, trees);
    const ids = await writeCommits(base, trees, plan.value.commits, sources, scratch.git);
    const commits = ids.map((id, at) => ({ id, tree: trees[at] ?? "" }));
    await requireWritten(scratch.git, base, commits);
    const last = ids.at(-1) ?? base;
    if (last === before) return { commits, changes: [] };
    const moves = [{ from: sources.map((source) => source.id), to: last }];
    const notes = await copyNotes({ ...request, git, scratch: scratch.git, moves });
    const changes = [{ ref: into, from: before, to: last }, ...notes];
    if (!request.dryRun) await land(request, git, scratch.git, changes);
    return { commits, changes };
  });
}

/** @throws ToolError `split-plan-invalid` with what is stale, taken twice or missed */
function requireComplete(plan: LocatedPlan, files: readonly FileChange[]): Assignment {
  const assignment = assignPlan(plan, files);
  const missed = assignment.missed.map((what) => `${plan.placeOf([])}: no commit takes ${what}`);
  const problems = [...assignment.problems, ...missed];
  if (problems.length > 0) throw invalidPlan(problems);
  return assignment;
}

function requireOrder(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new ToolError(`the split cannot be made in this order: ${problems.join("; ")}`, {
    kind: "config",
    code: "split-not-orderable",
    hints: ["change the order of the commits in the plan, or take the parts together"],
  });
}

/** The proof: the last tree is the tree before, and no commit is empty. */
async function requireSameEnd(
  git: Git,
  base: string,
  tip: string,
  trees: readonly string[],
): Promise<void> {
  const [start, end] = await git.lines(["rev-parse", `${base}^{tree}`, `${tip}^{tree}`]);
  if (trees.at(-1) !== end) {
    throw new ToolError(`the split ends with tree '${trees.at(-1)}', not '${end}'`, {
      kind: "internal",
      code: "split-lost-something",
    });
  }
  const empty = trees.findIndex((tree, at) => tree === (trees[at - 1] ?? start));
  if (empty < 0) return;
  throw new ToolError(`commit ${empty + 1} of the plan would change nothing`, {
    kind: "config",
    code: "split-commit-empty",
    hints: ["take lines that differ, or drop the commit from the plan"],
  });
}

/** Reads the commits back from the disk before any ref names them. */
async function requireWritten(
  git: Git,
  base: string,
  commits: readonly SplitCommit[],
): Promise<void> {
  const read = await readCommits(git, [`${base}..${commits.at(-1)?.id ?? base}`]);
  const same =
    read.length === commits.length &&
    commits.every((one, at) => one.id === read[at]?.id && one.tree === read[at]?.tree);
  if (same) return;
  throw new ToolError("the commits of the split cannot be read back", {
    kind: "internal",
    code: "split-lost-something",
  });
}

async function land(
  request: SplitRequest,
  git: Git,
  scratch: Git,
  changes: readonly RefChange[],
): Promise<void> {
  for (const [at, { from, to }] of changes.entries()) {
    // The first change is the commits, the others are notes.
    const known = at === 0 ? request.base : from;
    if (to !== undefined && known !== undefined) await sendCommits(scratch, git, known, to);
  }
  const count = request.plan.value.commits.length;
  const summary = `split ${request.tip.slice(0, 12)} into ${count} commits at ${request.into}`;
  const operation = { kind: "do" as const, command: "series split", summary, changes };
  await recordOperation({ git, operation, nowS: request.nowS });
}
