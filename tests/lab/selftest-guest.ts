import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { TOPOLOGIES } from "../../kernel-model/index.ts";
import { DEBUG_EXIT_STATUS } from "../../tools/lib/arch/registry.ts";
import { gitBytes } from "../../tools/lib/git/git.ts";
import { requireSuccess } from "../../tools/lib/proc/check-result.ts";
import { run } from "../../tools/lib/proc/run.ts";
import {
  CHAR_DEVICE_MODE,
  DIRECTORY_MODE,
  PROGRAM_MODE,
  writeCpio,
} from "../../tools/lib/qemu/cpio.ts";
import { qemuArgs } from "../../tools/lib/qemu/qemu-args.ts";

const MINUTE_MS = 60_000;
const SHARED_BYTES = 2 * 1024 * 1024;
const MOUNT_POINTS = ["dev", "proc", "sys", "tests"];

/** A commit of a kernel repository. */
export interface Revision {
  readonly repository: string;
  readonly treeish: string;
}

/** Lays `paths` of a revision below `dir`, each under the name beside it. */
export async function layFiles(
  dir: string,
  { repository, treeish }: Revision,
  paths: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, target] of Object.entries(paths)) {
    await mkdir(join(dir, target, ".."), { recursive: true });
    const args = ["show", `${treeish}:${path}`];
    await writeFile(join(dir, target), await gitBytes({ dir: repository, args }));
  }
}

/** Compiles one C file to a static program; headers come from `<dir>/include` first. */
export async function compileProgram(dir: string, source: string): Promise<Uint8Array> {
  const program = `${source}.program`;
  const args = ["-O2", "-Wall", "-Werror", "-static", "-I", join(dir, "include")];
  const output = ["-o", join(dir, program), join(dir, source)];
  const options = { file: "gcc", args: [...args, ...output], timeoutMs: MINUTE_MS };
  requireSuccess(await run(options), { writesTo: dir, code: "selftest-broken" });
  return await readFile(join(dir, program));
}

/** Boots a machine with two tiers, which runs the programs in order; gives its console. */
export async function runInGuest(
  dir: string,
  vmlinux: string,
  programs: Readonly<Record<string, Uint8Array>>,
): Promise<string> {
  const { code, text } = await bootPrograms(dir, vmlinux, programs);
  expect(code, text).toBe(DEBUG_EXIT_STATUS);
  return text;
}

/** The same, however the guest ends. */
export async function bootPrograms(
  dir: string,
  vmlinux: string,
  programs: Readonly<Record<string, Uint8Array>>,
): Promise<{ readonly code: number | null; readonly text: string }> {
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const source = await readFile(join(import.meta.dirname, "selftest-init.c"));
  await writeFile(join(dir, "init.c"), source);
  const archive = writeCpio([
    ...MOUNT_POINTS.map((path) => ({ path, mode: DIRECTORY_MODE })),
    { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
    { path: "init", mode: PROGRAM_MODE, data: await compileProgram(dir, "init.c") },
    ...Object.entries(programs).map(([name, data]) => {
      return { path: `tests/${name}`, mode: PROGRAM_MODE, data };
    }),
  ]);
  const initramfs = join(dir, "initramfs.cpio");
  await writeFile(initramfs, archive);
  const sharedFile = join(dir, "shared.bin");
  const consoleFile = join(dir, "console.log");
  await writeFile(sharedFile, "");
  await truncate(sharedFile, SHARED_BYTES);
  const files = { vmlinux, initramfs, sharedFile, sharedBytes: SHARED_BYTES, consoleFile };
  const args = qemuArgs({ ...files, topology, accel: "tcg", cmdline: ["loglevel=7"] });
  const result = await run({ file: "qemu-system-x86_64", args, timeoutMs: 5 * MINUTE_MS });
  const text = await readFile(consoleFile, "latin1");
  return { code: result.code, text: text.replaceAll("\r", "") };
}

/** What KTAP on a console says: the lines of results, and the number that was planned. */
export interface KtapSummary {
  readonly ok: readonly string[];
  readonly notOk: readonly string[];
  readonly skipped: readonly string[];
}

/** The top-level results of all programs that ran; what the kernel printed is left out. */
export function readKtap(console: string): KtapSummary {
  const lines = console.split("\n");
  return {
    ok: lines.filter((line) => /^ok \d+ /.test(line)),
    notOk: lines.filter((line) => /^\s*not ok \d+ /.test(line)),
    skipped: lines.filter((line) => /^ok \d+ .*# SKIP/.test(line)),
  };
}
