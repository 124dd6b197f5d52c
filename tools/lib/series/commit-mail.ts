import { readFile } from "node:fs/promises";
import type { Git } from "../git/git.ts";
import { lastWords } from "../proc/check-result.ts";
import { doesNotApply } from "./apply-error.ts";
import { type MailInfo, readMailInfo } from "./mail-info.ts";
import { brokenMail, type SeriesMail } from "./series-mail.ts";

/** Where the commit of a mail goes. */
export interface CommitTarget {
  /** Git in the scratch repository. */
  readonly git: Git;
  /** Directory for temporary files. */
  readonly workDir: string;
  /** Index that holds the tree of `parent`, and afterwards that of the new commit. */
  readonly indexFile: string;
  readonly parent: string;
}

/**
 * Makes the commit of one mail on `target.parent`, as `git am` reads it, without a worktree.
 *
 * The committer is the author and the commit date is the author date: the id then depends on the
 * mail and the parent alone.
 *
 * @returns id of the commit
 * @throws ToolError (user) `patch-does-not-apply`, `patch-broken`
 */
export async function commitMail(patch: SeriesMail, target: CommitTarget): Promise<string> {
  const { git, indexFile } = target;
  const info = await readMailInfo(patch, target);
  const env = { GIT_INDEX_FILE: indexFile };
  const args = ["apply", "--cached", "--whitespace=nowarn", "-p1", info.diffFile];
  const applied = await git.run(args, { env });
  if (applied.code !== 0) {
    throw doesNotApply(patch, applied, {
      repository: git.dir,
      diff: await readFile(info.diffFile),
    });
  }
  const tree = await git.text(["write-tree"], { env });
  const commit = await git.run(["commit-tree", tree, "-p", target.parent], {
    input: info.message,
    env: identEnv(info),
  });
  if (commit.code !== 0) throw brokenMail(patch, 1, lastWords(commit));
  return new TextDecoder().decode(commit.stdout).trim();
}

function identEnv(info: MailInfo): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: info.author,
    GIT_AUTHOR_EMAIL: info.email,
    GIT_AUTHOR_DATE: info.date,
    GIT_COMMITTER_NAME: info.author,
    GIT_COMMITTER_EMAIL: info.email,
    GIT_COMMITTER_DATE: info.date,
  };
}
