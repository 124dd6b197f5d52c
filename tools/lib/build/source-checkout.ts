import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type GitCall, gitText } from "../git/git.ts";

type Git = (dir: GitCall["dir"], args: GitCall["args"]) => Promise<string>;

/** A working tree of ours that can be moved to any tree of a repository. */
export interface CheckoutRequest {
  /** The repository that has the tree; only read. */
  readonly repository: string;
  readonly treeId: string;
  /** Folder of the checkout, which belongs to rfckit alone. */
  readonly dir: string;
  readonly signal?: AbortSignal;
}

/**
 * Moves the checkout to a tree. Only files that differ are written, so make's time stamps stay
 * good for an incremental build.
 *
 * The checkout has a repository of its own that borrows the objects: neither the worktree, the
 * index nor the branches of `repository` are touched. The caller holds the lock.
 */
export async function checkOutTree(request: CheckoutRequest): Promise<void> {
  const { dir, treeId, signal } = request;
  const git: Git = (at, args) => gitText({ dir: at, args, ...(signal && { signal }) });
  if (!existsSync(join(dir, ".git", "HEAD"))) {
    await mkdir(dir, { recursive: true });
    await git(dir, ["init", "--quiet", "."]);
  }
  const args = ["rev-parse", "--path-format=absolute", "--git-path", "objects"];
  const objects = await git(request.repository, args);
  await writeFile(join(dir, ".git", "objects", "info", "alternates"), `${objects}\n`);
  const moving = join(dir, ".git", "rfckit-moving");
  const interrupted = existsSync(moving);
  await writeFile(moving, treeId);
  await rm(join(dir, ".git", "index.lock"), { force: true });
  await git(dir, ["read-tree", "-u", "--reset", treeId]);
  if (interrupted) await repair(git, dir);
  await rm(moving);
}

/**
 * Problem: read-tree trusts the index, and one that was killed has written files that the index
 * does not know of. So after a kill every file is compared and what is in no tree is removed.
 */
async function repair(git: Git, dir: string): Promise<void> {
  await git(dir, ["checkout-index", "--force", "--all", "--index"]);
  await git(dir, ["clean", "-ffdxq"]);
}
