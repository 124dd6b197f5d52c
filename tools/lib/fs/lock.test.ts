import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../tests/support/scratch-dir.ts";
import { acquireLock, withLock } from "./lock.ts";

/** A process that takes the lock, says so, and keeps it (and a child that inherits it or not). */
const HOLDER = `
const { acquireLock } = await import(process.argv[1]);
const { run } = await import(process.argv[2]);
const lock = await acquireLock(process.argv[3], { purpose: "being a test" });
if (process.argv[4]) {
  const args = ["-c", "echo $$ >" + process.argv[4] + "; exec sleep 60"];
  run({ file: "sh", args, inheritFds: [lock.fd], timeoutMs: 60000 });
  const { existsSync } = await import("node:fs");
  while (!existsSync(process.argv[4])) await new Promise((done) => setTimeout(done, 5));
}
setInterval(() => {}, 1000);
console.log("held");
`;

async function startHolder(lockFile: string, child = ""): Promise<ReturnType<typeof spawn>> {
  const here = new URL("./lock.ts", import.meta.url).href;
  const runner = new URL("../proc/run.ts", import.meta.url).href;
  const args = ["--import", "tsx", "--input-type=module", "-e", HOLDER, here, runner, lockFile];
  const holder = spawn(process.execPath, [...args, child], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (holder.stdout === null) throw new Error("no stdout");
  await once(holder.stdout, "data");
  return holder;
}

test("only one of many callers is inside at a time", async () => {
  const lockFile = join(await scratchDir(), "l");
  let inside = 0;
  let most = 0;
  const enter = (): Promise<void> =>
    withLock(lockFile, {}, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setTimeout(done, 5));
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 8 }, enter));
  expect(most).toBe(1);
});

test("kill -9 of the holder frees the lock, and the waiter is told who had it", async () => {
  const lockFile = join(await scratchDir(), "l");
  const holder = await startHolder(lockFile);
  const words: string[] = [];
  const onWait = (holderWords: string): void => {
    words.push(holderWords);
    holder.kill("SIGKILL");
  };
  const lock = await acquireLock(lockFile, { onWait });
  expect(words).toEqual([`pid ${holder.pid}: being a test`]);
  await lock.release();
});

test("a child that inherits the descriptor keeps the lock of its killed parent", async () => {
  const dir = await scratchDir();
  const lockFile = join(dir, "l");
  const holder = await startHolder(lockFile, join(dir, "pid"));
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const early = acquireLock(lockFile, { timeoutMs: 50 });
  await expect(early).rejects.toMatchObject({ code: "lock-timeout" });
  process.kill(Number(await readFile(join(dir, "pid"), "utf8")), "SIGKILL");
  await (await acquireLock(lockFile)).release();
});

test("waiting ends when it is aborted, and the lock stays with its holder", async () => {
  const lockFile = join(await scratchDir(), "l");
  const mine = await acquireLock(lockFile);
  const abort = new AbortController();
  const wait = acquireLock(lockFile, { signal: abort.signal, onWait: () => abort.abort() });
  await expect(wait).rejects.toMatchObject({ code: "interrupted" });
  await mine.release();
  await mine.release();
  await (await acquireLock(lockFile)).release();
  await access(lockFile);
});

test("a lock that stays taken ends in lock-timeout", async () => {
  const lockFile = join(await scratchDir(), "l");
  const mine = await acquireLock(lockFile, { purpose: "first" });
  await expect(acquireLock(lockFile, { timeoutMs: 50 })).rejects.toMatchObject({
    code: "lock-timeout",
    message: expect.stringContaining("first"),
  });
  await mine.release();
});
