import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { requireFreeSpace, withSpaceErrors } from "../fs/disk-space.ts";
import { acquireLock, type HeldLock } from "../fs/lock.ts";
import { isDirectory } from "../fs/publish-dir.ts";
import { removeTree } from "../fs/remove-tree.ts";
import { openGit } from "../git/git.ts";
import { createScratchRepo } from "../git/scratch-repo.ts";
import { type KernelTree, resolveTree } from "./find-tree.ts";

export interface WorkspaceRequest {
  readonly tree: KernelTree;
  /** Anything that names a tree in the repository of `tree`: a commit, a ref, a tree id. */
  readonly treeish: string;
  /** Name of the workspace, such as `build`; each has one directory that never changes its path. */
  readonly purpose: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
  /** Free bytes that a first checkout asks for; 2 GiB unless told. */
  readonly needBytes?: number;
}

/** A checkout that nobody else changes until it is released. */
export interface Workspace {
  /** Absolute path of the sources; has no `.git`. Build with `O=`, write nothing here. */
  readonly dir: string;
  /** Git directory, for tools that need one: GIT_DIR, with GIT_WORK_TREE at `dir`. */
  readonly gitDir: string;
  /** Id of the tree that is checked out. */
  readonly treeId: string;
  /** To be inherited by long children, so that an orphan keeps the workspace locked. */
  readonly lockFd: number;
  release(): Promise<void>;
}

const NEED_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * Checks a tree out into the workspace of a purpose, waiting while another run uses it.
 *
 * Files that are equal in the old and the new tree keep their mtime, so that make rebuilds only
 * what changed. Every file is compared by its stat data first, and what is not in the tree is
 * removed: what a killed run or a tool left behind is healed. A workspace whose repository is
 * broken is made anew.
 *
 * @throws ToolError `no-disk-space`, `interrupted` (infra), `unknown-commit` (user)
 */
export async function prepareWorkspace(request: WorkspaceRequest): Promise<Workspace> {
  const place = workspacePlace(request.env, request.purpose);
  const { root } = place;
  const { signal } = request;
  const treeId = await resolveTree(request.tree.dir, request.treeish, signal);
  const lock = await acquireLock(join(root, "..", `.lock-${request.purpose}`), {
    signal,
    purpose: `checking out ${treeId}`,
    onWait: (holder) => request.onProgress?.(`waiting for workspace ${root} (${holder})`),
  });
  try {
    await checkOutHealing(request, place, treeId, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
  const { dir, gitDir } = place;
  return { dir, gitDir, treeId, lockFd: lock.fd, release: () => lock.release() };
}

/** Where the workspace of a purpose is. */
export interface Place {
  readonly root: string;
  readonly dir: string;
  readonly gitDir: string;
}

/** Where the workspace of a purpose is, whether it was made yet or not. */
export function workspacePlace(env: CacheEnv, purpose: string): Place {
  const root = join(cacheDir(env), "workspace", purpose);
  return { root, dir: join(root, "tree"), gitDir: join(root, "repo.git") };
}

async function checkOutHealing(
  request: WorkspaceRequest,
  place: Place,
  treeId: string,
  lock: HeldLock,
): Promise<void> {
  const isNew = !(await isDirectory(place.dir));
  try {
    await checkOut(request, place, treeId, lock);
  } catch (error) {
    const broken = error instanceof ToolError && error.code === "git-failed";
    if (isNew || !broken || request.signal.aborted) throw error;
    request.onProgress?.(`workspace ${place.root} is broken, making it anew`);
    await removeTree(place.root);
    await checkOut(request, place, treeId, lock);
  }
}

/** With two workers a first checkout of a kernel takes half the time. */
const CHECKOUT_OPTIONS = ["-c", "core.bare=false", "-c", "checkout.workers=0"];

async function checkOut(
  request: WorkspaceRequest,
  { root, dir, gitDir }: Place,
  treeId: string,
  lock: HeldLock,
): Promise<void> {
  if (!(await isDirectory(dir))) {
    await requireFreeSpace(root, request.needBytes ?? NEED_BYTES);
    request.onProgress?.(`checking out a tree into ${dir}`);
  }
  await withSpaceErrors(dir, () => mkdir(dir, { recursive: true }));
  await createScratchRepo({ dir: gitDir, gitDir: request.tree.gitDir });
  await rm(join(gitDir, "index.lock"), { force: true });
  const git = openGit({
    dir,
    env: { GIT_DIR: gitDir, GIT_WORK_TREE: dir },
    signal: request.signal,
    inheritFds: [lock.fd],
  });
  await git.bytes([...CHECKOUT_OPTIONS, "read-tree", "--reset", "-u", treeId]);
  await git.bytes([...CHECKOUT_OPTIONS, "clean", "-ffdxq"]);
}
