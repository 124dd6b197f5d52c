import { existsSync } from "node:fs";
import { join } from "node:path";
import { simpleGit } from "simple-git";
import { ToolError } from "../error.ts";

/** What a user's repository is doing. */
export interface RepoState {
  /** Name of the branch, undefined when HEAD is detached or the repository is bare. */
  readonly branch: string | undefined;
  /** An operation that git has not finished, such as `rebase`. */
  readonly inProgress: string | undefined;
}

const OPERATIONS: readonly (readonly [file: string, name: string])[] = [
  ["rebase-merge", "rebase"],
  ["rebase-apply", "rebase or am"],
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["BISECT_LOG", "bisect"],
];

/**
 * Reads the branch and the unfinished operation of the repository at `dir`. Names only: simple-git
 * decodes everything as UTF-8.
 */
export async function readRepoState(dir: string): Promise<RepoState> {
  const git = simpleGit({ baseDir: dir }).env(plainEnv());
  const gitDir = (
    await git.raw("rev-parse", "--absolute-git-dir").catch((error: unknown) => {
      const code = "git-failed";
      throw new ToolError(`cannot read the repository '${dir}'`, {
        kind: "infra",
        code,
        cause: error,
      });
    })
  ).trim();
  const head = (await git.raw("rev-parse", "--abbrev-ref", "HEAD").catch(() => "HEAD")).trim();
  const found = OPERATIONS.find(([file]) => existsSync(join(gitDir, file)));
  return { branch: head === "HEAD" ? undefined : head, inProgress: found?.[1] };
}

/** Problem: simple-git refuses an environment that names a pager, an editor or GIT_* settings. */
function plainEnv(): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: "C" };
  for (const name of ["PATH", "HOME", "XDG_CONFIG_HOME", "USER", "TMPDIR"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
