import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errnoOf, withSpaceErrors } from "./disk-space.ts";
import { type HeldLock, type LockOptions, withLock } from "./lock.ts";
import { removeNow } from "./remove-tree.ts";
import { isTempOf, tempPathFor } from "./temp-name.ts";
import { syncDir } from "./write-file-atomic.ts";

/** Fills the empty directory `dir`; children get `lock.fd` so that they keep the lock. */
export type BuildDir = (dir: string, lock: HeldLock) => Promise<void>;

/**
 * Makes the directory `target` whole or not at all, once.
 *
 * `build` fills a temporary directory beside it, which is then renamed into place. Of several
 * processes one builds and the others wait and use what it made. What a killed one left behind is
 * removed by the next. The content must not depend on its own path.
 *
 * @returns whether this call built it (false: it was there)
 * @throws what `build` throws; ToolError `no-disk-space`, `interrupted` (infra)
 */
export async function publishDir(
  target: string,
  options: LockOptions,
  build: BuildDir,
): Promise<boolean> {
  if (await isDirectory(target)) return false;
  await withSpaceErrors(target, () => mkdir(dirname(target), { recursive: true }));
  return await withLock(lockFileOf(target), options, async (lock) => {
    await removeStaleTemps(target);
    if (await isDirectory(target)) return false;
    const temp = tempPathFor(target);
    try {
      await withSpaceErrors(target, async () => {
        await mkdir(temp);
        await build(temp, lock);
        await syncDir(temp);
        await rename(temp, target);
        await syncDir(dirname(target));
      });
    } catch (error) {
      await removeNow(temp);
      throw error;
    }
    return true;
  });
}

/** The lock that guards the making, and the removal, of `target`. */
export function lockFileOf(target: string): string {
  return join(dirname(target), `.lock-${basename(target)}`);
}

/** Removes the temporary entries of `target`; only under its lock, when nobody makes one. */
export async function removeStaleTemps(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (isTempOf(target, name)) await removeNow(join(dirname(target), name));
  }
}

/** Whether `path` is a directory; false when nothing is there. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOENT" || errno === "ENOTDIR") return false;
    throw error;
  }
}
