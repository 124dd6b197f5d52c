import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createMachine,
  GENERATED_STAGES,
  renderKselftestHeader,
  TOPOLOGIES,
} from "../../kernel-model/index.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { readKernelConfig } from "../../tools/lib/build/kernel-config.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { gitBytes } from "../../tools/lib/git/git.ts";
import { requireSuccess } from "../../tools/lib/proc/check-result.ts";
import { run } from "../../tools/lib/proc/run.ts";
import {
  CHAR_DEVICE_MODE,
  DIRECTORY_MODE,
  PROGRAM_MODE,
  writeCpio,
} from "../../tools/lib/qemu/cpio.ts";
import { DEBUG_EXIT_STATUS, qemuArgs } from "../../tools/lib/qemu/qemu-args.ts";
import { shippedTip } from "./lab.ts";

const MINUTE_MS = 60_000;
const SHARED_BYTES = 2 * 1024 * 1024;
const STAGE = GENERATED_STAGES[1];
const PACKAGE_DIR = findPackageDir();
const RUNNER = join(PACKAGE_DIR, "tools/kselftest/hbf_conformance.c");
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-kselftest-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** The tree of a selftest with what it includes: kselftest.h, the UAPI header, the vectors. */
async function laySources(repository: string, treeish: string): Promise<void> {
  await mkdir(join(dir, "mm"), { recursive: true });
  await mkdir(join(dir, "include/linux"), { recursive: true });
  for (const [path, target] of [
    ["tools/testing/selftests/kselftest.h", "kselftest.h"],
    ["include/uapi/linux/hbf.h", "include/linux/hbf.h"],
  ] as const) {
    const args = ["show", `${treeish}:${path}`];
    await writeFile(join(dir, target), await gitBytes({ dir: repository, args }));
  }
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const header = renderKselftestHeader(createMachine(topology, STAGE));
  await writeFile(join(dir, "mm/hbf_conformance.h"), header);
  await writeFile(join(dir, "mm/hbf_conformance.c"), await readFile(RUNNER));
}

async function compile(source: string, program: string): Promise<Uint8Array> {
  const args = ["-O2", "-Wall", "-Werror", "-static", "-I", join(dir, "include")];
  const output = ["-o", join(dir, program), source];
  const options = { file: "gcc", args: [...args, ...output], timeoutMs: MINUTE_MS };
  requireSuccess(await run(options), { writesTo: dir, code: "selftest-broken" });
  return await readFile(join(dir, program));
}

describe("the generated selftest", () => {
  test("passes on the shipped kernel, in a machine with two tiers", async () => {
    const { tree, treeish } = await shippedTip(STAGE);
    await laySources(tree.dir, treeish);
    const folders = ["dev", "proc", "sys"].map((path) => ({ path, mode: DIRECTORY_MODE }));
    const archive = writeCpio([
      ...folders,
      { path: "dev/console", mode: CHAR_DEVICE_MODE, device: [5, 1] as const },
      {
        path: "init",
        mode: PROGRAM_MODE,
        data: await compile(join(import.meta.dirname, "selftest-init.c"), "init"),
      },
      {
        path: "test",
        mode: PROGRAM_MODE,
        data: await compile(join(dir, "mm/hbf_conformance.c"), "test"),
      },
    ]);
    await writeFile(join(dir, "initramfs.cpio"), archive);
    const { signal } = new AbortController();
    const config = await readKernelConfig(PACKAGE_DIR);
    const options = { config, featureExpected: true, env: process.env, signal };
    const kernel = await buildKernel({ tree, treeish, ...options });
    if (kernel.kind === "failed") throw new Error("the series does not build");
    const console = await boot(kernel.vmlinux);
    const lines = console.split(/\r?\n/);
    expect(lines.filter((line) => line.startsWith("not ok"))).toEqual([]);
    expect(lines).toContain("test ended with 0");
    const plan = Number(/^1\.\.(\d+)$/m.exec(console.replaceAll("\r", ""))?.[1]);
    expect(lines.filter((line) => /^ok \d+ /.test(line))).toHaveLength(plan);
    // The machine has all that the vectors ask for.
    expect(lines.filter((line) => line.includes("# SKIP"))).toEqual([]);
  });
});

async function boot(vmlinux: string): Promise<string> {
  const [topology] = TOPOLOGIES;
  if (topology === undefined) throw new Error("the model has no topology");
  const sharedFile = join(dir, "shared.bin");
  const consoleFile = join(dir, "console.log");
  await writeFile(sharedFile, "");
  await truncate(sharedFile, SHARED_BYTES);
  const initramfs = join(dir, "initramfs.cpio");
  const files = { vmlinux, initramfs, sharedFile, sharedBytes: SHARED_BYTES, consoleFile };
  const args = qemuArgs({ ...files, topology, accel: "tcg" });
  const result = await run({ file: "qemu-system-x86_64", args, timeoutMs: 3 * MINUTE_MS });
  const text = await readFile(consoleFile, "latin1");
  expect(result.code, text).toBe(DEBUG_EXIT_STATUS);
  return text;
}
