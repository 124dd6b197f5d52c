import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { findTopology, TOPOLOGIES, type VectorRequest } from "../../../kernel-model/index.ts";
import { X86 } from "../arch/registry.ts";
import { buildKernel } from "../build/build-kernel.ts";
import { buildInitramfs } from "../build/build-runner.ts";
import { type KernelBuild, readBuildConfig } from "../build/kernel-builds.ts";
import { stageFragments } from "../build/kernel-config.ts";
import { buildVersionOf } from "../build/kernel-make.ts";
import { ToolError } from "../error.ts";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { isInfrastructure } from "./outcome.ts";
import { DEFAULT_LIMITS, patient } from "./progress-watch.ts";
import { type RacesEvidence, type RacesRequest, runRaces } from "./run-races.ts";
import { sourceOf } from "./verify-source.ts";

/** A kernel, and how long its calls are to race. */
export interface VerifyRacesRequest {
  readonly tree: KernelTree;
  readonly treeish: string;
  /** Absolute paths of patches on top of it. */
  readonly patches?: readonly string[];
  readonly stage: VectorRequest["stage"];
  readonly topology?: string;
  readonly build: KernelBuild;
  readonly seed: number;
  /** How often each pair of operations runs. */
  readonly rounds: number;
  readonly packageDir: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** What came of it. */
export interface RacesReport extends RacesEvidence {
  readonly verdict: "pass" | "fail" | "error";
  readonly stage: VectorRequest["stage"];
  readonly topology: string;
  readonly build: string;
  readonly seed: number;
  readonly rounds: number;
  readonly treeId: string;
  /** Folder of the guest, kept when something was found. */
  readonly runDir: string;
}

/** Under instruction counting a guest is several times slower. */
const EXACT_PATIENCE = 6;

/**
 * Builds the kernel and lets calls race in a machine whose every run is the same.
 *
 * @throws ToolError as `verifySeries`; `does-not-build` (user)
 */
export async function verifyRaces(request: VerifyRacesRequest): Promise<RacesReport> {
  const { build, packageDir, env, signal, onProgress, seed, stage } = request;
  const { tree, treeish } = await sourceOf(request);
  const name = request.topology ?? TOPOLOGIES[0]?.name ?? "";
  const topology = findTopology(name);
  if (topology === undefined) throw new RangeError(`there is no topology '${name}'`);
  const root = cacheDir(env);
  const fragments = [...(topology.fragments ?? []), ...stageFragments(stage)];
  const config = await readBuildConfig(packageDir, build, [], X86, fragments);
  const options = { env, signal, ...(onProgress && { onProgress }) };
  const kernel = await buildKernel({ tree, treeish, ...options, config, featureExpected: true });
  if (kernel.kind === "failed") {
    throw new ToolError(`the kernel does not build: ${kernel.errors[0]?.text ?? "make failed"}`, {
      kind: "user",
      code: "does-not-build",
      hints: [kernel.command],
    });
  }
  const runner = { repository: tree.dir, treeish, packageDir, cacheDir: root, signal };
  const initramfs = (await buildInitramfs(runner)).file;
  await mkdir(join(root, "runs"), { recursive: true });
  const runDir = await mkdtemp(join(root, "runs", "races-"));
  onProgress?.(`racing every pair of operations, ${request.rounds} times, seed ${seed}`);
  const limits = patient(DEFAULT_LIMITS, build.patience * EXACT_PATIENCE);
  const guest = { vmlinux: kernel.vmlinux, initramfs, limits, dir: runDir, signal };
  const { evidence, verdict } = await judgeRun({
    ...{ stage, rounds: request.rounds, seed, topology },
    ...{ version: `#${buildVersionOf(kernel.treeId)}` },
    guest: { ...guest, duties: build.duties, cmdline: build.cmdline },
  });
  const scope = { stage, topology: topology.name, build: build.name, seed, runDir };
  return { ...evidence, verdict, ...scope, rounds: request.rounds, treeId: kernel.treeId };
}

/** Leaves the guest's folder behind only when something was found. */
async function judgeRun(request: RacesRequest) {
  let verdict: RacesReport["verdict"] = "pass";
  try {
    const evidence = await runRaces(request);
    const { findings } = evidence;
    const isOurs = findings.length > 0 && findings.every(({ kind }) => isInfrastructure(kind));
    verdict = findings.length === 0 ? "pass" : isOurs ? "error" : "fail";
    return { evidence, verdict };
  } finally {
    if (verdict === "pass") await rm(request.guest.dir, { recursive: true, force: true });
  }
}
