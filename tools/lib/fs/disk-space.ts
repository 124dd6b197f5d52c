import { mkdir, statfs } from "node:fs/promises";
import { ToolError } from "../error.ts";

const MIB = 1024 * 1024;

/** The error code of a failed system call, such as `ENOENT`, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * Runs `action`, and turns ENOSPC and EDQUOT into ToolError `no-disk-space` (infra).
 *
 * @param path what was being written, named in the message
 */
export async function withSpaceErrors<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOSPC" || errno === "EDQUOT") throw noSpaceError(path, error);
    throw error;
  }
}

/**
 * Fails early when the file system of `dir` has less than `bytes` left. Creates `dir`.
 *
 * @throws ToolError `no-disk-space` (infra)
 */
export async function requireFreeSpace(dir: string, bytes: number): Promise<void> {
  await withSpaceErrors(dir, () => mkdir(dir, { recursive: true }));
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const need = `needs ${Math.ceil(bytes / MIB)} MiB, has ${Math.floor(free / MIB)} MiB`;
  throw noSpaceError(dir, undefined, need);
}

/** Whether the output of a failed child says that the disk or the quota is full. */
export function saysNoSpace(output: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(output);
}

/** The error for a full disk or quota at `path`. */
export function noSpaceError(path: string, cause?: unknown, detail?: string): ToolError {
  const why = detail === undefined ? "" : `: ${detail}`;
  return new ToolError(`no space left on the disk of '${path}'${why}`, {
    kind: "infra",
    code: "no-disk-space",
    hints: [`df -h ${path}`, "free space there, or set XDG_CACHE_HOME to a larger disk"],
    ...(cause === undefined ? {} : { cause }),
  });
}
