import { ToolError } from "../error.ts";
import { type CommitObject, readCommits } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { readRepoState } from "../git/repo-state.ts";
import { readWorktrees } from "./checked-out.ts";
import { readRefValue } from "./read-ref-value.ts";

export interface RewriteRequest {
  /** Git in the repository of the commits. */
  readonly git: Git;
  /** Full ids. */
  readonly base: string;
  readonly tip: string;
  /** Ref that names `tip`, if any. */
  readonly source: string | undefined;
  /** Whether `source` will move; otherwise the commits stay where they are. */
  readonly moves: boolean;
  /** Addresses of the user; commits of other committers are not rewritten. */
  readonly ownEmails: readonly string[];
}

/** Commits made by `series apply` have their author as committer; they are rfckit's own. */
const OWN_REFS = "refs/rfckit/";

/**
 * Reads the commits of a range and refuses to rewrite what is not the user's to rewrite.
 *
 * @returns the commits, oldest first
 * @throws ToolError (user) `no-commits`, `merge-commit`, `not-on-base`, `foreign-committer`,
 *   `published-commit`, `more-commits`, `operation-in-progress`
 */
export async function requireRewritable(request: RewriteRequest): Promise<CommitObject[]> {
  const { git, base, tip, source } = request;
  const commits = await readCommits(git, [`${base}..${tip}`]);
  requireLine(commits, base);
  if (!source?.startsWith(OWN_REFS)) requireOwn(commits, request.ownEmails);
  if (source === undefined || !request.moves) return commits;
  await requireUnpublished(git, commits[0]?.id ?? tip);
  await requireTip(git, source, tip);
  for (const { dir } of await readWorktrees(git)) {
    const { inProgress } = await readRepoState(dir);
    if (inProgress === undefined) continue;
    throw refusal("operation-in-progress", `'${dir}' is in the middle of a ${inProgress}`, [
      `git -C ${dir} status`,
    ]);
  }
  return commits;
}

/** One line of commits from base to tip. */
function requireLine(commits: readonly CommitObject[], base: string): void {
  if (commits.length === 0) throw refusal("no-commits", `there is no commit on '${base}'`, []);
  let parent = base;
  for (const commit of commits) {
    if (commit.parents.length > 1) {
      throw refusal("merge-commit", `'${commit.id}' is a merge, which cannot be rewritten`, [
        `git rebase --no-rebase-merges ${base}`,
      ]);
    }
    if (commit.parents[0] !== parent) {
      throw refusal("not-on-base", `'${commit.id}' does not build on '${parent}'`, []);
    }
    parent = commit.id;
  }
}

function requireOwn(commits: readonly CommitObject[], ownEmails: readonly string[]): void {
  for (const commit of commits) {
    const [, email = ""] = /^committer .*<([^>]*)> /m.exec(commit.raw) ?? [];
    if (ownEmails.includes(email)) continue;
    throw refusal("foreign-committer", `'${commit.id}' was committed by '${email}', not by you`, [
      `git config user.email ${email}   (if that is you)`,
    ]);
  }
}

async function requireUnpublished(git: Git, oldest: string): Promise<void> {
  const args = ["for-each-ref", "--count=1", "--format=%(refname)", `--contains=${oldest}`];
  const [published] = await git.lines([...args, "refs/remotes/", "refs/tags/"]);
  if (published === undefined) return;
  throw refusal("published-commit", `'${oldest}' is in '${published}', others may have it`, [
    "--into REF   (make the new commits beside the old ones)",
  ]);
}

async function requireTip(git: Git, ref: string, tip: string): Promise<void> {
  const now = await readRefValue(git, ref);
  if (now === tip) return;
  throw refusal(
    "more-commits",
    `'${ref}' is ${now ?? "gone"}, not '${tip}', the end of the range`,
    [`name the range up to the end: BASE..${ref}`],
  );
}

function refusal(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}
