import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readGit } from "./git-objects.ts";

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
  if (!existsSync(join(dir, ".git", "HEAD"))) {
    await mkdir(dir, { recursive: true });
    await readGit(dir, ["init", "--quiet", "."], signal);
  }
  const args = ["rev-parse", "--path-format=absolute", "--git-path", "objects"];
  const objects = new TextDecoder().decode(await readGit(request.repository, args, signal)).trim();
  await writeFile(join(dir, ".git", "objects", "info", "alternates"), `${objects}\n`);
  const moving = join(dir, ".git", "rfckit-moving");
  const interrupted = existsSync(moving);
  await writeFile(moving, treeId);
  await rm(join(dir, ".git", "index.lock"), { force: true });
  await readGit(dir, ["read-tree", "-u", "--reset", treeId], signal);
  if (interrupted) await repair(dir, signal);
  await rm(moving);
}

/**
 * Problem: read-tree trusts the index, and one that was killed has written files that the index
 * does not know of. So after a kill every file is compared and what is in no tree is removed.
 */
async function repair(dir: string, signal?: AbortSignal): Promise<void> {
  await readGit(dir, ["checkout-index", "--force", "--all", "--index"], signal);
  await readGit(dir, ["clean", "-ffdxq"], signal);
}
