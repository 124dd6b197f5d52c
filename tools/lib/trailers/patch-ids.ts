import type { CommitObject } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { DIFF_OPTIONS } from "../series/format-options.ts";

/** Ways to write a diff: ours, git's default, and that without renames. */
const WAYS = [DIFF_OPTIONS, ["--find-renames=50%"], ["--no-renames"]];

/**
 * The commits of a range by the patch-id of their diff. A diff may be written in several ways, so a
 * commit may have several ids.
 */
export async function patchIdsOfCommits(
  git: Git,
  commits: readonly CommitObject[],
): Promise<ReadonlyMap<string, string>> {
  const input = `${commits.map(({ id }) => id).join("\n")}\n`;
  const found = new Map<string, string>();
  for (const way of WAYS) {
    const diffs = await git.bytes(["diff-tree", "--stdin", "-p", ...way], { input });
    for (const line of await git.lines(["patch-id", "--stable"], { input: diffs })) {
      const [id = "", commit = ""] = line.split(" ");
      found.set(id, commit);
    }
  }
  return found;
}

/** The patch-id of a mail's diff, undefined when it has none. */
export async function patchIdOfMail(git: Git, patch: Uint8Array): Promise<string | undefined> {
  const [line] = await git.lines(["patch-id", "--stable"], { input: patch });
  return line?.split(" ")[0];
}
