import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { withSpaceErrors } from "./disk-space.ts";
import { acquireLock, tryLock } from "./lock.ts";
import { removeNow } from "./remove-tree.ts";
import { isTempOf, tempPathFor } from "./temp-name.ts";

const NAME = "work";

/**
 * Gives `action` an empty directory below `root` and removes it afterwards.
 *
 * The directory is locked while it is used; those that a killed run left behind are found by their
 * free lock and removed.
 */
export async function withTempDir<T>(
  root: string,
  action: (dir: string) => Promise<T>,
): Promise<T> {
  await withSpaceErrors(root, () => mkdir(root, { recursive: true }));
  const dir = tempPathFor(join(root, NAME));
  const lock = await acquireLock(lockOf(dir));
  try {
    await removeAbandoned(root, basename(dir));
    await withSpaceErrors(dir, () => mkdir(dir));
    return await action(dir);
  } finally {
    await removeNow(dir);
    await removeNow(lockOf(dir));
    await lock.release();
  }
}

function lockOf(dir: string): string {
  return `${dir}.lock`;
}

/**
 * Removing a lock file is safe here, because its random name is never used again: one who has it
 * open finds the directory gone.
 */
async function removeAbandoned(root: string, mine: string): Promise<void> {
  for (const name of await readdir(root)) {
    const dir = join(root, name.replace(/\.lock$/, ""));
    if (!name.endsWith(".lock") || basename(dir) === mine) continue;
    if (!isTempOf(join(root, NAME), basename(dir))) continue;
    const lock = await tryLock(lockOf(dir));
    if (lock === undefined) continue;
    await removeNow(dir);
    await removeNow(lockOf(dir));
    await lock.release();
  }
}
