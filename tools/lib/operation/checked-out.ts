import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import type { RefChange } from "./operation-log.ts";

/** A worktree of a repository. */
export interface Worktree {
  readonly dir: string;
  /** Full name of the branch that is checked out in it. */
  readonly branch: string | undefined;
}

/** The worktrees of a repository that are on the disk, without the bare repository itself. */
export async function readWorktrees(git: Git): Promise<Worktree[]> {
  const output = await git.text(["worktree", "list", "--porcelain", "-z"]);
  return output
    .split("\0\0")
    .map((block) => block.split("\0"))
    .filter((lines) => !lines.includes("bare") && !lines.some((it) => it.startsWith("prunable")))
    .flatMap((lines) => {
      const fieldOf = (name: string): string | undefined =>
        lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
      const dir = fieldOf("worktree");
      return dir === undefined ? [] : [{ dir, branch: fieldOf("branch") }];
    });
}

/**
 * Refuses to move a branch that is checked out to another tree: its worktree and index would no
 * longer be those of the branch. When the tree stays the same, as in a split, nobody can tell.
 *
 * @throws ToolError `branch-checked-out` (user)
 */
export async function requireFreeBranches(git: Git, changes: readonly RefChange[]): Promise<void> {
  const branches = changes.filter(({ ref }) => ref.startsWith("refs/heads/"));
  if (branches.length === 0) return;
  const worktrees = await readWorktrees(git);
  for (const { ref, from, to } of branches) {
    const where = worktrees.find(({ branch }) => branch === ref);
    if (where === undefined) continue;
    const trees = await Promise.all([treeOf(git, from), treeOf(git, to)]);
    if (trees[0] === trees[1]) continue;
    throw new ToolError(`'${ref}' is checked out in '${where.dir}' and would get other files`, {
      kind: "user",
      code: "branch-checked-out",
      hints: [`git -C ${where.dir} switch --detach`],
    });
  }
}

async function treeOf(git: Git, commit: string | undefined): Promise<string | undefined> {
  return commit === undefined ? undefined : await git.text(["rev-parse", `${commit}^{tree}`]);
}
