import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ToolError } from "../error.ts";
import { run } from "../proc/run.ts";
import { withSpaceErrors } from "./disk-space.ts";

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** What the lock is taken for, shown to those who wait: `unpacking linux-source-6.12`. */
  readonly purpose?: string;
  /** Called once when another process has the lock; `holder` is its own words, may be empty. */
  readonly onWait?: (holder: string) => void;
  /** How long to wait for the lock; an hour unless told. */
  readonly timeoutMs?: number;
}

/** A lock that is held until `release`, or until this process and all that inherit `fd` end. */
export interface HeldLock {
  /** Descriptor of the lock file. Hand it to `run` as `inheritFds` for work under the lock. */
  readonly fd: number;
  /** Gives the lock up; calling it again does nothing. */
  release(): Promise<void>;
}

const TRY_MS = 30_000;
const HOUR_MS = 3_600_000;
const FLOCK_BUSY = 1;

/**
 * Takes the lock of `lockFile`, waiting while another process (or another call here) has it.
 *
 * The kernel keeps the lock, flock(2), on the open file description: it ends with its last holder
 * whatever kills it, so there is no stale lock to detect. Node has no flock(2), but a lock taken by
 * the child `flock FD` on an inherited descriptor stays with ours. The lock file is never removed,
 * because a waiter may have it open.
 *
 * @throws ToolError `interrupted` (infra) when `signal` aborts, `lock-timeout` (infra)
 */
export async function acquireLock(lockFile: string, options: LockOptions = {}): Promise<HeldLock> {
  await withSpaceErrors(lockFile, () => mkdir(dirname(lockFile), { recursive: true }));
  const file = await withSpaceErrors(lockFile, () => open(lockFile, "a+", 0o666));
  try {
    if (!(await flock(file.fd, ["--nonblock"], TRY_MS, options.signal))) {
      options.onWait?.((await readFile(lockFile, "utf8")).trim());
      if (!(await flock(file.fd, [], options.timeoutMs ?? HOUR_MS, options.signal))) {
        throw lockTimeout(lockFile, await readFile(lockFile, "utf8"));
      }
    }
    await file.truncate(0);
    await file.appendFile(`pid ${process.pid}: ${options.purpose ?? "rfckit"}\n`);
    return heldLock(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** As `acquireLock`, but gives undefined at once when the lock is busy. */
export async function tryLock(lockFile: string): Promise<HeldLock | undefined> {
  const file = await open(lockFile, "a+", 0o666);
  try {
    if (await flock(file.fd, ["--nonblock"], TRY_MS, undefined)) return heldLock(file);
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return undefined;
}

function heldLock(file: FileHandle): HeldLock {
  let held = true;
  return {
    fd: file.fd,
    async release() {
      if (!held) return;
      held = false;
      await file.close();
    },
  };
}

/** Runs `action` while holding the lock of `lockFile`; see `acquireLock`. */
export async function withLock<T>(
  lockFile: string,
  options: LockOptions,
  action: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const lock = await acquireLock(lockFile, options);
  try {
    return await action(lock);
  } finally {
    await lock.release();
  }
}

/** Whether the lock was taken: false when it is busy or the time is over. */
async function flock(
  fd: number,
  flags: readonly string[],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const result = await run({
    file: "flock",
    args: ["--exclusive", ...flags, "3"],
    inheritFds: [fd],
    timeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.aborted) {
    throw new ToolError("interrupted while waiting for a lock", {
      kind: "infra",
      code: "interrupted",
    });
  }
  if (result.code === 0) return true;
  if (result.code === FLOCK_BUSY || result.timedOut) return false;
  const words = new TextDecoder().decode(result.stderr).trim();
  throw new ToolError(`cannot lock: ${words}`, { kind: "infra", code: "lock-failed" });
}

function lockTimeout(lockFile: string, holder: string): ToolError {
  return new ToolError(`'${lockFile}' stayed locked by ${holder.trim()}`, {
    kind: "infra",
    code: "lock-timeout",
    hints: [`fuser -v ${lockFile}`],
  });
}
