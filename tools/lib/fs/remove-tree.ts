import { chmod, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { errnoOf } from "./disk-space.ts";
import { tempPathFor } from "./temp-name.ts";

/**
 * Removes a file or a directory with all in it; a missing one is fine.
 *
 * It is renamed away first, so that a kill in the middle leaves no half tree under its name.
 * Directories without write permission are made writable.
 */
export async function removeTree(path: string): Promise<void> {
  const doomed = tempPathFor(path);
  try {
    await rename(path, doomed);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return;
    throw error;
  }
  await removeNow(doomed);
}

/** Removes a tree in place, for one that already has a temporary name. */
export async function removeNow(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) !== "EACCES") throw error;
    await makeWritable(path);
    await rm(path, { recursive: true, force: true });
  }
}

async function makeWritable(dir: string): Promise<void> {
  await chmod(dir, 0o700);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(dir, entry.name));
  }
}
