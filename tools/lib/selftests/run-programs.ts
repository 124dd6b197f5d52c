import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Topology } from "../../../kernel-model/index.ts";
import { X86 } from "../arch/registry.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";
import { CHAR_DEVICE_MODE, DIRECTORY_MODE, PROGRAM_MODE, writeCpio } from "../qemu/cpio.ts";
import { qemuArgs } from "../qemu/qemu-args.ts";

/** Programs, and the kernel and machine to run them on. */
export interface ProgramsRun {
  readonly vmlinux: string;
  readonly topology: Topology;
  /** Static programs by their names in the guest, in the order in which they run. */
  readonly programs: Readonly<Record<string, Uint8Array>>;
  /** rfckit's own folder, with `tools/kselftest/init.c`. */
  readonly packageDir: string;
  /** Folder for the guest's files; made here. */
  readonly dir: string;
  readonly signal?: AbortSignal;
}

/** What the guest showed. */
export interface ProgramsOutput {
  /** The console: of each program `NAME begins` and `NAME ended with STATUS`. */
  readonly console: string;
  readonly consoleFile: string;
  /** False when it was ended from outside, or died. */
  readonly isWhole: boolean;
  readonly command: string;
}

const COMPILE_TIMEOUT_MS = 60_000;
const GUEST_TIMEOUT_MS = 300_000;
const SHARED_BYTES = 2 * 1024 * 1024;
const MOUNT_POINTS = ["dev", "proc", "sys", "tests"];

/**
 * Compiles one C file to a static program.
 *
 * @param flags such as `-I`
 * @throws ToolError `selftest-broken` (internal) with the compiler's last words
 */
export async function compileStatic(
  source: string,
  program: string,
  flags: readonly string[],
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const args = ["-O2", "-Wall", "-static", ...flags, "-o", program, source];
  const options = { file: "gcc", args, timeoutMs: COMPILE_TIMEOUT_MS, ...(signal && { signal }) };
  requireSuccess(await run(options), { writesTo: program, code: "selftest-broken" });
  return await readFile(program);
}

/** Boots a machine without any root file system, whose init runs the programs one by one. */
export async function runPrograms(request: ProgramsRun): Promise<ProgramsOutput> {
  const { vmlinux, topology, dir, packageDir, signal } = request;
  await mkdir(dir, { recursive: true });
  const init = await compileStatic(
    join(packageDir, "tools/kselftest/init.c"),
    join(dir, "init"),
    ["-Werror"],
    signal,
  );
  const initramfs = join(dir, "initramfs.cpio");
  await writeFile(initramfs, packPrograms(init, request.programs));
  const sharedFile = join(dir, "shared.bin");
  const consoleFile = join(dir, "console.log");
  await writeFile(sharedFile, "");
  await truncate(sharedFile, SHARED_BYTES);
  await writeFile(consoleFile, "");
  const files = { vmlinux, initramfs, sharedFile, sharedBytes: SHARED_BYTES, consoleFile };
  const args = qemuArgs({ ...files, topology, accel: "tcg", cmdline: ["loglevel=7"] });
  const call = {
    file: X86.machine.program,
    args,
    timeoutMs: GUEST_TIMEOUT_MS,
    ...(signal && { signal }),
  };
  const { code, timedOut, command } = await run(call);
  signal?.throwIfAborted();
  const console = (await readFile(consoleFile, "latin1")).replaceAll("\r", "");
  return { console, consoleFile, isWhole: !timedOut && code === X86.machine.doneStatus, command };
}

function packPrograms(init: Uint8Array, programs: ProgramsRun["programs"]): Uint8Array {
  return writeCpio([
    ...MOUNT_POINTS.map((path) => ({ path, mode: DIRECTORY_MODE })),
    { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
    { path: "init", mode: PROGRAM_MODE, data: init },
    ...Object.entries(programs).map(([name, data]) => {
      return { path: `tests/${name}`, mode: PROGRAM_MODE, data };
    }),
  ]);
}

/** What was printed while a program ran, and its exit status; undefined when it did not end. */
export function outputOf(
  console: string,
  name: string,
): { readonly text: string; readonly status: number | undefined } {
  const [, after = ""] = console.split(`\n${name} begins\n`);
  const [text = "", end] = after.split(`\n${name} ended with `);
  return { text, status: end === undefined ? undefined : Number.parseInt(end, 10) };
}
