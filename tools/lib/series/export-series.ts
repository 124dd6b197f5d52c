import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { contentKey } from "../fs/content-store.ts";
import { errnoOf, withSpaceErrors } from "../fs/disk-space.ts";
import { replaceDir } from "../fs/exchange-dir.ts";
import { withLock } from "../fs/lock.ts";
import { removeStaleTemps } from "../fs/publish-dir.ts";
import { removeNow } from "../fs/remove-tree.ts";
import { tempPathFor } from "../fs/temp-name.ts";
import { syncDir } from "../fs/write-file-atomic.ts";
import { type FormatRequest, formatSeries, type SeriesFiles } from "./format-series.ts";
import { PATCH_NOTES } from "./patch-notes.ts";
import { COVER_TEXT } from "./read-folder.ts";

export interface ExportRequest extends Omit<FormatRequest, "coverText" | "patchNotes"> {
  /** Folder of the mails. */
  readonly dir: string;
  /** Folder of `cover-letter.txt` and `patch-notes.txt`; `dir` unless told. */
  readonly coverDir?: string;
  /** Say what would change and change nothing. */
  readonly dryRun?: boolean;
}

/** Names of mails by what happened, or would happen, to them. */
export interface FolderChanges {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** What an export did, and the mails. */
export interface ExportedSeries extends FolderChanges {
  readonly files: SeriesFiles;
}

/**
 * Writes the mails of a range into a folder and removes stale ones, all at once.
 *
 * Files that are no mails stay. The folder is whole at every moment, old or new.
 *
 * @throws as `formatSeries`; ToolError `no-disk-space` (infra)
 */
export async function exportSeries(request: ExportRequest): Promise<ExportedSeries> {
  const { dir } = request;
  const lockFile = join(request.tempRoot, `export-${contentKey([dir])}.lock`);
  const options = { signal: request.signal, purpose: `writing ${dir}` };
  return await withLock(lockFile, options, async () => {
    const textDir = request.coverDir ?? dir;
    const coverText = await readCoverText(textDir);
    const patchNotes = await readPatchNotes(textDir);
    const files = await formatSeries({ ...request, coverText, patchNotes });
    const changes = await compareFolder(dir, files);
    const same = changes.written.length + changes.removed.length === 0;
    if (!same && request.dryRun !== true) await replaceMails(dir, files);
    return { ...changes, files };
  });
}

/** The text of the cover letter of a stage, undefined when it has none. */
export async function readCoverText(dir: string): Promise<Uint8Array | undefined> {
  return await readIfThere(join(dir, COVER_TEXT));
}

/** The notes on the patches of a stage, undefined when there are none. */
export async function readPatchNotes(dir: string): Promise<Uint8Array | undefined> {
  return await readIfThere(join(dir, PATCH_NOTES));
}

/** Compares the mails of a folder with those that it should have. */
export async function compareFolder(dir: string, files: SeriesFiles): Promise<FolderChanges> {
  const written: string[] = [];
  const unchanged: string[] = [];
  for (const [name, bytes] of files) {
    const there = await readIfThere(join(dir, name));
    const equal = there !== undefined && Buffer.compare(there, bytes) === 0;
    (equal ? unchanged : written).push(name);
  }
  const removed = (await list(dir)).filter((name) => isMail(name) && !files.has(name));
  return { written, removed, unchanged };
}

async function replaceMails(dir: string, files: SeriesFiles): Promise<void> {
  await withSpaceErrors(dir, async () => {
    await mkdir(dirname(dir), { recursive: true });
    await removeStaleTemps(dir);
    const fresh = tempPathFor(dir);
    await mkdir(fresh);
    try {
      for (const name of await list(dir)) {
        if (!isMail(name)) await copyFile(join(dir, name), join(fresh, name));
      }
      // All at once: a file system has one journal, and writes it once for all that wait.
      const written = [...files].map(async ([name, bytes]) => {
        await writeFile(join(fresh, name), bytes, { flush: true });
      });
      await Promise.allSettled(written);
      await Promise.all(written);
      await syncDir(fresh);
      await replaceDir(fresh, dir);
    } catch (error) {
      await removeNow(fresh);
      throw error;
    }
  });
}

function isMail(name: string): boolean {
  return /^\d{4}-.*\.patch$/.test(name);
}

async function list(dir: string): Promise<string[]> {
  return (await absentAs(() => readdir(dir))) ?? [];
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return await absentAs(() => readFile(path));
}

async function absentAs<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
