import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Caller, VectorRequest, VectorSetName } from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
import { buildKernel } from "../build/build-kernel.ts";
import { buildInitramfs } from "../build/build-runner.ts";
import { KERNEL_BUILDS, type KernelBuild, readBuildConfig } from "../build/kernel-builds.ts";
import { stageFragments } from "../build/kernel-config.ts";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { openContentStore } from "../fs/content-store.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { qemuId } from "../qemu/qemu-id.ts";
import { isAtLeast } from "../qemu/qemu-version.ts";
import { ownSourcesOf } from "./guest-coverage.ts";
import type { OnGuest } from "./guest-view.ts";
import { prefetch } from "./prefetch.ts";
import type { WatchLimits } from "./progress-watch.ts";
import type { Shard } from "./run-parts.ts";
import { runPrepared } from "./run-prepared.ts";
import { type PlatformChanges, vectorsFor } from "./vectors-for.ts";
import { verdictKey } from "./verdict-key.ts";
import type { VectorsReport, VerifyReport } from "./verify-report.ts";
import { requireTopology, sourceOf } from "./verify-source.ts";

/** A kernel tree and what to verify in it. */
export interface VerifyRequest {
  /** The kernel tree whose repository has the series' commits. */
  readonly tree: KernelTree;
  /** The series' last commit, or its tree. */
  readonly treeish: string;
  /** Absolute paths of patches on top of it. */
  readonly patches?: readonly string[];
  readonly stage: VectorRequest["stage"];
  /** Name; the first topology of the model unless told. */
  readonly topology?: string;
  /** How the kernel is built and what init does besides; the lean one unless told. */
  readonly build?: KernelBuild;
  /** What kernel and machine are; x86-64 unless told. */
  readonly arch?: Architecture;
  /** Only every n-th vector, for builds and machines that are slow; all unless told. */
  readonly sample?: number;
  /** Who makes the calls; root unless told. */
  readonly caller?: Caller;
  /** Commit that the series stands on: tells its own files from the kernel's. */
  readonly base?: string;
  /** Unsigned 32 bits; 1 unless told. */
  readonly seed?: number;
  /** Which vectors; the default set unless told. */
  readonly set?: VectorSetName;
  readonly packageDir: string;
  /** Says where the caches are; `RFCKIT_ACCEL` of it chooses how guests are executed. */
  readonly env: CacheEnv;
  /** Look for a verdict of an equal run first (default true). */
  readonly useCache?: boolean;
  /** Only a part of the vectors, for one of several machines. */
  readonly shard?: Shard;
  /** Guests that run at once: a number, or as many as cores and memory allow; one unless told. */
  readonly guests?: number | "auto";
  /** Look for the shortest reproducer of what stops a guest (default true). */
  readonly shrink?: boolean;
  /** Keep the guests' files also after a pass. */
  readonly keep?: boolean;
  readonly limits?: WatchLimits;
  readonly maxRestarts?: number;
  readonly cmdline?: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
  readonly onGuest?: OnGuest;
}

/**
 * Builds the kernel of a tree, runs the model's vectors in a guest and says what came of it.
 *
 * @throws ToolError: `unknown-topology`, `unknown-revision`, `patch-does-not-apply` (user),
 * `kconfig-dropped` (config), `program-missing` (environment), `interrupted` (infra)
 */
export async function verifySeries(request: VerifyRequest): Promise<VerifyReport> {
  const { env, packageDir, signal, onProgress } = request;
  const root = cacheDir(env);
  const options = { env, signal, ...(onProgress && { onProgress }) };
  const topology = requireTopology(request.topology);
  const seed = request.seed ?? 1;
  const started = performance.now();
  const source = await sourceOf(request);
  const [fast] = KERNEL_BUILDS;
  const build = request.build ?? fast;
  if (build === undefined) throw new RangeError("there is no build");
  const series = { repository: source.tree.dir, treeish: source.treeish, base: request.base };
  const ownSources = await ownSourcesOf(build, { ...series, signal });
  const { arch = X86, set, shard, sample = 1, caller } = request;
  const { fragments = [], needsQemu } = topology;
  const qemu = await qemuId(arch.machine.program, signal);
  if (needsQemu !== undefined && !isAtLeast(qemu, needsQemu.version)) {
    const reason = `it needs QEMU ${needsQemu.version}, and here is '${qemu}': ${needsQemu.why}`;
    const named = { stage: request.stage, seed, topology: topology.name, build: build.name };
    return { ...named, verdict: "not-run", outcome: "not-run", reason };
  }
  const more = [...fragments, ...stageFragments(request.stage), ...(caller?.fragments ?? [])];
  const config = await readBuildConfig(packageDir, build, ownSources, arch, more);
  const asked = { stage: request.stage, seed, topology, ...(caller && { caller: caller.name }) };
  const changes: PlatformChanges = { changed: 0, dropped: 0 };
  const wanted = { set: set ?? "default", arch, asked, sample };
  const parts = prefetch(vectorsFor(wanted, changes));
  const feature = { featureExpected: true, onMake: parts.begin };
  const kernel = await buildKernel({ ...source, ...options, config, ...feature });
  const isForeign = arch.name !== X86.name;
  const part = {
    ...{ ...(set !== undefined && { set }), ...(shard !== undefined && { shard }) },
    ...{ ...(isForeign && { arch: arch.name }), ...(sample > 1 && { sample }) },
    ...(caller && { caller: caller.name }),
  };
  const names = { topology: topology.name, build: build.name, ...part };
  const scope = { stage: request.stage, seed, ...names, treeId: kernel.treeId };
  if (kernel.kind === "failed") {
    const { errors, logFile, command } = kernel;
    return { ...scope, verdict: "fail", outcome: "build-failed", errors, logFile, command };
  }
  const nolibc = { repository: source.tree.dir, treeish: source.treeish };
  const runner = { ...nolibc, packageDir, cacheDir: root, arch, signal };
  const initramfs = await buildInitramfs(runner);
  const buildMs = performance.now() - started;
  const cmdline = [...build.cmdline, ...(request.cmdline ?? [])];
  const key = await verdictKey(request, [kernel.key, initramfs.hash, qemu], topology, cmdline);
  const store = openContentStore(join(root, "verdicts"));
  const known = request.useCache === false ? undefined : await store.readBytes(key);
  if (known !== undefined) {
    const report = JSON.parse(new TextDecoder().decode(known)) as VectorsReport;
    const timings = { buildMs, vectorsMs: 0, guestsMs: 0 };
    return { ...report, ...scope, cached: true, kernelFromCache: kernel.fromCache, timings };
  }
  await mkdir(join(root, "runs"), { recursive: true });
  const runDir = await mkdtemp(join(root, "runs", "run-"));
  const report = await runPrepared(runDir, request, {
    ...{ kernel, initramfs, topology, qemu, scope, parts, changes },
    ...{ buildMs, build, ownSources, cmdline },
    assertedOptions: config.required.size + config.feature.size,
  });
  // A failure is looked into again each time: a hang may have been the machine's.
  if (report.verdict === "pass") await store.writeBytes(key, JSON.stringify(report));
  return report;
}
