import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { gitText, runGit } from "../git/git.ts";
import { createScratchRepo } from "../git/scratch-repo.ts";
import { type KernelTree, resolveTree } from "../kernel/find-tree.ts";

/** Patches to put on top of a tree. */
export interface PatchTreeRequest {
  /** Its repository is only read. */
  readonly tree: KernelTree;
  readonly treeish: string;
  /** Absolute paths, applied in this order. */
  readonly patches: readonly string[];
  /** Folder of the scratch repository that takes the new objects. */
  readonly scratchDir: string;
  readonly signal: AbortSignal;
}

/**
 * Applies patches in a temporary index. The repository, its index and its worktree stay as they
 * are: new objects go into a scratch repository that borrows the old ones.
 *
 * @returns the id of the tree, which is in the scratch repository
 * @throws ToolError `patch-unreadable`, `patch-does-not-apply` (user)
 */
export async function patchTree(request: PatchTreeRequest): Promise<string> {
  const { tree, scratchDir, signal } = request;
  const treeId = await resolveTree(tree.dir, request.treeish, signal);
  await createScratchRepo({ dir: scratchDir, gitDir: tree.gitDir });
  const index = join(scratchDir, `index-${process.pid}`);
  const call = { dir: scratchDir, env: { GIT_INDEX_FILE: index }, signal };
  try {
    await gitText({ ...call, args: ["read-tree", treeId] });
    for (const patch of request.patches) {
      const input = await readPatch(patch);
      const result = await runGit({ ...call, args: ["apply", "--cached", "-"], input });
      if (result.code !== 0) throw doesNotApply(patch, result.stderr);
    }
    return await gitText({ ...call, args: ["write-tree"] });
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

async function readPatch(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new ToolError(`cannot read the patch '${path}'`, {
      kind: "user",
      code: "patch-unreadable",
      hints: ["--patch FILE takes a patch file that exists, as git format-patch writes it"],
      cause,
    });
  }
}

function doesNotApply(path: string, stderr: Uint8Array): ToolError {
  const words = new TextDecoder().decode(stderr).trim().split("\n")[0] ?? "";
  return new ToolError(`'${path}' does not apply on top of the series: ${words}`, {
    kind: "user",
    code: "patch-does-not-apply",
    hints: ["make the patch against the last commit of the series"],
  });
}
