import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Topology } from "../../kernel-model/index.ts";
import { shippedTip } from "../../tests/lab/lab.ts";
import { buildKernel } from "../../tools/lib/build/build-kernel.ts";
import { type KernelBuild, readBuildConfig } from "../../tools/lib/build/kernel-builds.ts";
import { stageFragments } from "../../tools/lib/build/kernel-config.ts";
import { findPackageDir } from "../../tools/lib/fs/package-dir.ts";
import { packProgram, runProgram } from "../guest-program.ts";
import { readStorms, type StormsOutcome } from "./read-storms.ts";

/** Which kernel and machine, and how long each storm lasts. */
export interface StormsRequest {
  readonly build: KernelBuild;
  readonly topology: Topology;
  readonly ms: number;
  /** What else is looked for, instead of the shipped series' tip. */
  readonly treeish?: string;
}

const STAGE = "v3";
/** Beyond the storms themselves: the boot, what is slow under KASAN, the scans for leaks. */
const SPARE_MINUTES = 10;

/** Lets the last stage's kernel go through every storm, with two CPUs. */
export async function runStorms(request: StormsRequest): Promise<StormsOutcome> {
  const { build, topology, ms } = request;
  const { tree, treeish: tip } = await shippedTip(STAGE);
  const treeish = request.treeish ?? tip;
  const { signal } = new AbortController();
  const wanted = [...stageFragments(STAGE), ...(topology.fragments ?? [])];
  const config = await readBuildConfig(findPackageDir(), build, [], undefined, wanted);
  const asked = { tree, treeish, config, featureExpected: true, env: process.env, signal };
  const kernel = await buildKernel(asked);
  if (kernel.kind === "failed") throw new Error("the series does not build");
  const dir = await mkdtemp(join(tmpdir(), "rfckit-storms-"));
  try {
    const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith(".c"));
    const files = names.map((name) => `storms/${name}`);
    const initramfs = await packProgram(dir, { files, repository: tree.dir, treeish });
    const cmdline = [...build.cmdline, `ms=${ms}`];
    const boot = { vmlinux: kernel.vmlinux, initramfs, topology, cmdline, allCpus: true };
    return readStorms(await runProgram(dir, { ...boot, minutes: SPARE_MINUTES }));
  } finally {
    await rm(dir, { recursive: true });
  }
}
