import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { run } from "../proc/run.ts";

const GIT_TIMEOUT_MS = 120_000;

/**
 * Runs git for its output.
 *
 * @throws ToolError `git-failed` (infra) with git's last words
 */
export async function readGit(
  repository: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const result = await run({
    file: "git",
    args: ["-C", repository, ...args],
    env: { LC_ALL: "C", GIT_DIR: undefined, GIT_INDEX_FILE: undefined, GIT_WORK_TREE: undefined },
    timeoutMs: GIT_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.code === 0) return result.stdout;
  const words = new TextDecoder().decode(result.stderr).trim().split("\n").at(-1) ?? "";
  throw new ToolError(`'${result.command}' failed: ${words}`, {
    kind: "infra",
    code: "git-failed",
    hints: [result.command],
  });
}

/**
 * The id of the tree (or of a folder or file in it) that `treeish` names.
 *
 * @throws ToolError `unknown-revision` (user)
 */
export async function resolveObject(
  repository: string,
  treeish: string,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", treeish];
    return new TextDecoder().decode(await readGit(repository, args, signal)).trim();
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "git-failed") throw error;
    throw new ToolError(`'${treeish}' names nothing in '${repository}'`, {
      kind: "user",
      code: "unknown-revision",
      hints: [`git -C ${repository} log --oneline -5`],
      cause: error,
    });
  }
}

/** A key over all files of a tree that decide how it is configured. */
export async function hashKconfigFiles(
  repository: string,
  treeId: string,
  signal?: AbortSignal,
): Promise<string> {
  const listing = await readGit(repository, ["ls-tree", "-r", treeId], signal);
  const lines = new TextDecoder().decode(listing).split("\n");
  return contentKey(lines.filter((line) => KCONFIG_FILE.test(line)));
}

/** Also the scripts that Kconfig files call, and the seeds of tinyconfig. */
const KCONFIG_FILE = /\t(?:scripts\/|kernel\/configs\/|arch\/x86\/configs\/|(?:.*\/)?Kconfig)/;
