import { ToolError } from "../error.ts";
import { contentKey } from "../fs/content-store.ts";
import { gitLines, runGit } from "../git/git.ts";

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
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", treeish];
  const result = await runGit({ dir: repository, args, ...(signal && { signal }) });
  if (result.code === 0) return new TextDecoder().decode(result.stdout).trim();
  throw new ToolError(`'${treeish}' names nothing in '${repository}'`, {
    kind: "user",
    code: "unknown-revision",
    hints: [`git -C ${repository} log --oneline -5`],
  });
}

/** A key over all files of a tree that decide how it is configured. */
export async function hashKconfigFiles(
  repository: string,
  treeId: string,
  signal?: AbortSignal,
): Promise<string> {
  const args = ["ls-tree", "-r", treeId];
  const lines = await gitLines({ dir: repository, args, ...(signal && { signal }) });
  return contentKey(lines.filter((line) => KCONFIG_FILE.test(line)));
}

/** Also the scripts that Kconfig files call, and the seeds of tinyconfig. */
const KCONFIG_FILE = /\t(?:scripts\/|kernel\/configs\/|arch\/x86\/configs\/|(?:.*\/)?Kconfig)/;
