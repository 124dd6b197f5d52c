import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
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
  /** What it is to run on; x86-64 unless told. */
  readonly arch?: Architecture;
  readonly signal?: AbortSignal;
}

/** The initramfs with the runner as its init, on x86-64 once more as a program of 32 bits. */
export interface Initramfs {
  readonly file: string;
  /** SHA-256 of the file. */
  readonly hash: string;
}

const NOLIBC = "tools/include/nolibc";
const COMPILE_TIMEOUT_MS = 120_000;
interface Variant {
  readonly name: string;
  readonly flags: readonly string[];
  readonly libraries: readonly string[];
}

/** The machine's own headers serve both: linux-libc-dev has one asm/ for x86. */
const X86_VARIANTS: readonly Variant[] = [
  { name: "init", flags: [], libraries: ["-lgcc"] },
  { name: "init32", flags: ["-m32", "-isystem", "/usr/include/x86_64-linux-gnu"], libraries: [] },
];
const FLAGS = [
  ...["-O2", "-static", "-nostdlib", "-no-pie", "-fno-asynchronous-unwind-tables", "-fno-ident"],
  ...["-fno-stack-protector", "-s", "-Wl,--build-id=none", "-Wall", "-Wextra", "-Werror"],
];

/**
 * Compiles the runner against the kernel's nolibc and packs it as an initramfs. The same sources,
 * nolibc and compiler give the same bytes, so it is made once.
 *
 * @throws ToolError `runner-broken` (internal) when it does not compile, `unknown-revision` (user)
 */
export async function buildInitramfs(request: RunnerRequest): Promise<Initramfs> {
  const { repository, signal, arch = X86 } = request;
  const variants = variantsOf(arch);
  const nolibc = await resolveObject(repository, `${request.treeish}:${NOLIBC}`, signal);
  const guestDir = join(request.packageDir, "tools/guest");
  const names = (await readdir(guestDir)).filter((name) => /\.[ch]$/.test(name)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(guestDir, name))));
  const compiler = await findCompiler(signal, arch.toolPrefix);
  const key = contentKey([
    nolibc,
    compiler.id,
    ...FLAGS,
    JSON.stringify(variants),
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
    const gcc = `${arch.toolPrefix}gcc`;
    for (const variant of variants) await compile(temp, guestDir, variant, programs, gcc, signal);
    const inits = await Promise.all(
      variants.map(async ({ name }) => ({ path: name, data: await readFile(join(temp, name)) })),
    );
    await writeFile(join(temp, "initramfs.cpio"), packInits(inits));
  });
  const file = join(dir, "initramfs.cpio");
  return { file, hash: contentKey([await readFile(file)]) };
}

function variantsOf({ name, platform, runnerFlags }: Architecture): readonly Variant[] {
  if (name === X86.name) return X86_VARIANTS;
  // The linker helps 32 bits with no library of ours.
  const libraries = platform.wordBits === 32 ? [] : ["-lgcc"];
  const flags = [...runnerFlags, `-DRFCK_PAGE_SIZE=${platform.pageSize}`];
  return [{ name: "init", flags, libraries }];
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
  { name, flags, libraries }: Variant,
  programs: readonly string[],
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const nolibc = join(dir, "kernel", NOLIBC);
  const headers = ["-I", nolibc, "-include", join(nolibc, "nolibc.h")];
  const output = ["-o", join(dir, name)];
  const result = await run({
    file,
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
function packInits(inits: readonly { readonly path: string; readonly data: Uint8Array }[]) {
  const folders = ["dev", "proc", "sys", "cgroup"];
  return writeCpio([
    ...folders.map((path) => ({ path, mode: DIRECTORY_MODE })),
    { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
    ...inits.map((program) => ({ ...program, mode: PROGRAM_MODE })),
  ]);
}
