import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { contentKey, openContentStore } from "../fs/content-store.ts";
import { gitBytes } from "../git/git.ts";
import { run } from "../proc/run.ts";
import { CHAR_DEVICE_MODE, DIRECTORY_MODE, PROGRAM_MODE, writeCpio } from "../qemu/cpio.ts";
import { findCompiler } from "./compiler.ts";
import { resolveObject } from "./git-objects.ts";

/** What the initramfs is made from. */
export interface RunnerRequest {
  /** Kernel repository whose `tools/include/nolibc` is used; only read. */
  readonly repository: string;
  readonly treeish: string;
  /** rfckit's own folder, with `tools/guest`. */
  readonly packageDir: string;
  readonly cacheDir: string;
  readonly signal?: AbortSignal;
}

/** The initramfs with the runner as its init, and once more as a program of 32 bits. */
export interface Initramfs {
  readonly file: string;
  /** SHA-256 of the file. */
  readonly hash: string;
}

const NOLIBC = "tools/include/nolibc";
const COMPILE_TIMEOUT_MS = 120_000;
/** The machine's own headers serve both: linux-libc-dev has one asm/ for x86. */
const VARIANTS = [
  { name: "init", flags: [], libraries: ["-lgcc"] },
  { name: "init32", flags: ["-m32", "-isystem", "/usr/include/x86_64-linux-gnu"], libraries: [] },
] as const;
const FLAGS = [
  ...["-Os", "-static", "-nostdlib", "-no-pie", "-fno-asynchronous-unwind-tables", "-fno-ident"],
  ...["-fno-stack-protector", "-s", "-Wl,--build-id=none", "-Wall", "-Wextra", "-Werror"],
];

/**
 * Compiles the runner against the kernel's nolibc and packs it as an initramfs. The same sources,
 * nolibc and compiler give the same bytes, so it is made once.
 *
 * @throws ToolError `runner-broken` (internal) when it does not compile, `unknown-revision` (user)
 */
export async function buildInitramfs(request: RunnerRequest): Promise<Initramfs> {
  const { repository, signal } = request;
  const nolibc = await resolveObject(repository, `${request.treeish}:${NOLIBC}`, signal);
  const guestDir = join(request.packageDir, "tools/guest");
  const names = (await readdir(guestDir)).filter((name) => /\.[ch]$/.test(name)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(guestDir, name))));
  const compiler = await findCompiler(signal);
  const key = contentKey([
    nolibc,
    compiler.id,
    ...FLAGS,
    JSON.stringify(VARIANTS),
    ...names,
    ...sources,
  ]);
  const store = openContentStore(join(request.cacheDir, "initramfs"));
  const dir = await store.makeDir(key, signal === undefined ? {} : { signal }, async (temp) => {
    const archive = await gitBytes({
      dir: repository,
      args: ["archive", request.treeish, NOLIBC],
      ...(signal && { signal }),
    });
    await unpack(archive, temp);
    const programs = names.filter((name) => name.endsWith(".c"));
    for (const variant of VARIANTS) await compile(temp, guestDir, variant, programs, signal);
    const [init, init32] = await Promise.all(
      VARIANTS.map(({ name }) => readFile(join(temp, name))),
    );
    await writeFile(join(temp, "initramfs.cpio"), packInit(init, init32));
  });
  const file = join(dir, "initramfs.cpio");
  return { file, hash: contentKey([await readFile(file)]) };
}

async function unpack(archive: Uint8Array, dir: string): Promise<void> {
  const into = join(dir, "kernel");
  await mkdir(into);
  const args = ["-x", "-f", "-", "-C", into];
  await run({ file: "tar", args, input: archive, timeoutMs: COMPILE_TIMEOUT_MS });
}

async function compile(
  dir: string,
  guestDir: string,
  { name, flags, libraries }: (typeof VARIANTS)[number],
  programs: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const nolibc = join(dir, "kernel", NOLIBC);
  const headers = ["-I", nolibc, "-include", join(nolibc, "nolibc.h")];
  const output = ["-o", join(dir, name)];
  const result = await run({
    file: "gcc",
    args: [...FLAGS, ...flags, ...headers, ...output, ...programs, ...libraries],
    cwd: guestDir,
    env: { LC_ALL: "C" },
    timeoutMs: COMPILE_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.code === 0) return;
  const words = new TextDecoder().decode(result.stderr).trim();
  throw new ToolError(`the runner does not compile: ${words.split("\n")[0] ?? ""}`, {
    kind: "internal",
    code: "runner-broken",
    hints: [result.command],
  });
}

/** The archive: the programs, the folders to mount on, and the console that pid 1 gets as stdio. */
function packInit(init: Uint8Array = NOTHING, init32: Uint8Array = NOTHING): Uint8Array {
  const folders = ["dev", "proc", "sys", "cgroup"];
  return writeCpio([
    ...folders.map((path) => ({ path, mode: DIRECTORY_MODE })),
    { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
    { path: "init", mode: PROGRAM_MODE, data: init },
    { path: "init32", mode: PROGRAM_MODE, data: init32 },
  ]);
}

const NOTHING = new Uint8Array(0);
