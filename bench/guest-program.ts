import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Topology } from "../kernel-model/index.ts";
import { gitBytes } from "../tools/lib/git/git.ts";
import { requireSuccess } from "../tools/lib/proc/check-result.ts";
import { run } from "../tools/lib/proc/run.ts";
import {
  CHAR_DEVICE_MODE,
  DIRECTORY_MODE,
  PROGRAM_MODE,
  writeCpio,
} from "../tools/lib/qemu/cpio.ts";
import { qemuArgs } from "../tools/lib/qemu/qemu-args.ts";

/** A program that is compiled against the header of a series and run as init of a guest. */
export interface ProgramSource {
  /** Of `bench/`. */
  readonly files: readonly string[];
  readonly repository: string;
  readonly treeish: string;
}

/** Where a program runs. */
export interface ProgramBoot {
  readonly vmlinux: string;
  readonly initramfs: string;
  readonly topology: Topology;
  /** Words for the kernel, which passes them on as environment. */
  readonly cmdline: readonly string[];
  readonly allCpus?: boolean;
  /** Lets each instruction take the same time, so that every run is the same. */
  readonly exactSeed?: number;
  /** After so long it is ended; five unless told. */
  readonly minutes?: number;
}

const SHARED_BYTES = 2 * 1024 * 1024;
const MINUTE_MS = 60_000;

/** Compiles the program and packs it as an initramfs; returns the archive's path. */
export async function packProgram(dir: string, source: ProgramSource): Promise<string> {
  const { files, repository, treeish } = source;
  await mkdir(join(dir, "include/linux"), { recursive: true });
  const show = ["show", `${treeish}:include/uapi/linux/hbf.h`];
  await writeFile(
    join(dir, "include/linux/hbf.h"),
    await gitBytes({ dir: repository, args: show }),
  );
  const flags = ["-O2", "-Wall", "-Werror", "-static", "-pthread", "-I", join(dir, "include")];
  const sources = files.map((file) => join(import.meta.dirname, file));
  const args = [...flags, "-o", join(dir, "program"), ...sources];
  const compile = { file: "gcc", args, timeoutMs: MINUTE_MS };
  requireSuccess(await run(compile), { writesTo: dir, code: "bench-broken" });
  const archive = writeCpio([
    { path: "dev", mode: DIRECTORY_MODE },
    { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
    { path: "init", mode: PROGRAM_MODE, data: await readFile(join(dir, "program")) },
  ]);
  await writeFile(join(dir, "program.cpio"), archive);
  return join(dir, "program.cpio");
}

/** Boots a guest with the program as init; returns what it and the kernel said. */
export async function runProgram(dir: string, boot: ProgramBoot): Promise<string> {
  const [sharedFile, consoleFile] = [join(dir, "program.bin"), join(dir, "program.log")];
  await writeFile(sharedFile, "");
  await truncate(sharedFile, SHARED_BYTES);
  const files = { sharedFile, sharedBytes: SHARED_BYTES, consoleFile };
  const args = qemuArgs({ ...boot, ...files, accel: "tcg" });
  await run({ file: "qemu-system-x86_64", args, timeoutMs: (boot.minutes ?? 5) * MINUTE_MS });
  return await readFile(consoleFile, "latin1");
}
