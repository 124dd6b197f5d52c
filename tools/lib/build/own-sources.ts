import { gitLines } from "../git/git.ts";

/** Folders whose C files are programs, not parts of the kernel. */
const PROGRAMS = /^(?:tools|samples|scripts|Documentation)\//;

/**
 * Paths of the C files that a series adds to the kernel itself, in git's order.
 *
 * @param base commit or tree that the series stands on
 */
export async function findOwnSources(
  repository: string,
  base: string,
  treeish: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "--name-only", "--diff-filter=A", base, treeish, "--", "*.c"];
  const paths = await gitLines({ dir: repository, args, ...(signal && { signal }) });
  return paths.filter((path) => path !== "" && !PROGRAMS.test(path));
}
