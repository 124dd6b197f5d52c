import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";
import { withSpaceErrors } from "./disk-space.ts";
import { isAbandonedTempOf, tempPathFor } from "./temp-name.ts";

export interface WriteFileOptions {
  /** Permission bits of a new file, before the umask; 0o666 unless told. */
  readonly mode?: number;
}

const SYNC_MS = 600_000;

/**
 * Writes a whole file so that readers, and the disk after a crash, have the old or the new content.
 *
 * Writes a temporary file in the same directory, flushes it, renames it over `path`, and flushes
 * the directory. Creates missing directories. On failure `path` is as it was; the temporary file
 * of a killed process goes with the next one that writes `path`.
 *
 * @throws ToolError `no-disk-space` (infra)
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  await withSpaceErrors(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await removeAbandoned(path);
    const temp = tempPathFor(path);
    try {
      const file = await open(temp, "wx", options.mode ?? 0o666);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temp, path);
    } catch (error) {
      await rm(temp, { force: true });
      throw error;
    }
    await syncDir(dirname(path));
  });
}

/** Temporary files that killed processes left beside `path`. */
async function removeAbandoned(path: string): Promise<void> {
  const dir = dirname(path);
  for (const name of await readdir(dir)) {
    if (isAbandonedTempOf(path, name)) await rm(join(dir, name), { force: true });
  }
}

/** Flushes a directory, so that a rename in it survives a power cut. */
export async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Flushes everything that was written to the file system of `dir`: for trees of many files, where a
 * flush of each would take minutes. After it a rename cannot survive a power cut without its files.
 */
export async function syncFileSystem(dir: string): Promise<void> {
  const result = await run({
    file: "sync",
    args: ["--file-system", dir],
    timeoutMs: SYNC_MS,
  });
  requireSuccess(result, { writesTo: dir, code: "sync-failed" });
}
