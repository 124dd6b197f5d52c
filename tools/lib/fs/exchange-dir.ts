import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import { run } from "../proc/run.ts";
import { errnoOf } from "./disk-space.ts";
import { removeNow } from "./remove-tree.ts";
import { tempPathFor } from "./temp-name.ts";
import { syncDir } from "./write-file-atomic.ts";

/** Number of renameat2(2) by `process.arch`; see the syscall tables of Linux. */
const RENAMEAT2: Readonly<Partial<Record<NodeJS.Architecture, number>>> = {
  x64: 316,
  arm64: 276,
  riscv64: 276,
  s390x: 347,
  ppc64: 357,
};

/** AT_FDCWD is -100, RENAME_EXCHANGE is 2. */
const EXCHANGE = "exit(syscall($ARGV[0] + 0, -100, $ARGV[1], -100, $ARGV[2], 2) == 0 ? 0 : 1)";

const EXCHANGE_MS = 30_000;

/**
 * Puts the directory `fresh` at `target`, and removes what was there. Both are on one file system.
 *
 * At every moment `target` is the whole old or the whole new directory.
 *
 * Problem: rename(2) does not replace a directory that has files, and Node cannot call
 * renameat2(2). Perl, which git needs anyway, can. Where the kernel, the file system or perl
 * refuses, two renames do it, and a kill between them leaves the old directory beside the target.
 */
export async function replaceDir(fresh: string, target: string): Promise<void> {
  try {
    await rename(fresh, target);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(errnoOf(error) ?? "")) throw error;
    const old = (await exchangeDirs(fresh, target)) ? fresh : await moveAside(fresh, target);
    await removeNow(old);
  }
  await syncDir(dirname(target));
}

/**
 * Exchanges two directories in one step, by renameat2(2).
 *
 * @returns false, with nothing changed, where this machine cannot do it
 */
export async function exchangeDirs(one: string, two: string): Promise<boolean> {
  const call = RENAMEAT2[process.arch];
  if (call === undefined) return false;
  const args = ["-e", EXCHANGE, String(call), one, two];
  return await run({ file: "perl", args, timeoutMs: EXCHANGE_MS }).then(
    (result) => result.code === 0,
    () => false,
  );
}

async function moveAside(fresh: string, target: string): Promise<string> {
  const old = tempPathFor(target);
  await rename(target, old);
  await rename(fresh, target);
  return old;
}
