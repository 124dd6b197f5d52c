import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type {
  Caller,
  Topology,
  VectorRequest,
  VectorSetName,
} from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
import { type BuildResult, buildKernel } from "../build/build-kernel.ts";
import { buildInitramfs, type Initramfs } from "../build/build-runner.ts";
import { KERNEL_BUILDS, type KernelBuild, readBuildConfig } from "../build/kernel-builds.ts";
import { stageFragments } from "../build/kernel-config.ts";
import { buildVersionOf } from "../build/kernel-make.ts";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { openContentStore } from "../fs/content-store.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { qemuId } from "../qemu/qemu-id.ts";
import { isAtLeast } from "../qemu/qemu-version.ts";
import { chooseAccel } from "./choose-accel.ts";
import { coverageOf, ownSourcesOf } from "./guest-coverage.ts";
import type { OnGuest } from "./guest-view.ts";
import { guestsFor } from "./guests-for.ts";
import { isInfrastructure } from "./outcome.ts";
import { DEFAULT_LIMITS, patient, type WatchLimits } from "./progress-watch.ts";
import { runParts, type Shard } from "./run-parts.ts";
import { type PlatformChanges, vectorsFor } from "./vectors-for.ts";
import { verdictKey } from "./verdict-key.ts";
import type { VectorsReport, VerifyReport, VerifyScope } from "./verify-report.ts";
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

const MAX_RESTARTS = 2;

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
  const wanted = [...fragments, ...stageFragments(request.stage), ...(caller?.fragments ?? [])];
  const config = await readBuildConfig(packageDir, build, ownSources, arch, wanted);
  const kernel = await buildKernel({ ...source, ...options, config, featureExpected: true });
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
  const report = await runIn(runDir, request, {
    kernel,
    initramfs,
    topology,
    qemu,
    scope,
    ...{ buildMs, build, ownSources, cmdline },
    assertedOptions: config.required.size + config.feature.size,
  });
  // A failure is looked into again each time: a hang may have been the machine's.
  if (report.verdict === "pass") await store.writeBytes(key, JSON.stringify(report));
  return report;
}

interface Prepared {
  readonly kernel: Extract<BuildResult, { readonly kind: "built" }>;
  readonly initramfs: Initramfs;
  readonly topology: Topology;
  readonly qemu: string;
  readonly scope: VerifyScope;
  readonly buildMs: number;
  readonly build: KernelBuild;
  readonly ownSources: readonly string[];
  readonly cmdline: readonly string[];
  readonly assertedOptions: number;
}

/** Leaves the folder behind only when there is something to see in it. */
async function runIn(
  runDir: string,
  request: VerifyRequest,
  prepared: Prepared,
): Promise<VectorsReport> {
  let isKept = false;
  try {
    const report = await runOnce(runDir, request, prepared);
    isKept = report.verdict !== "pass" || request.keep === true;
    return report;
  } finally {
    if (!isKept) await rm(runDir, { recursive: true, force: true });
  }
}

async function runOnce(
  runDir: string,
  request: VerifyRequest,
  prepared: Prepared,
): Promise<VectorsReport> {
  const { kernel, initramfs, topology, qemu, scope, build, cmdline } = prepared;
  const { env, signal, onProgress, arch = X86, sample = 1 } = request;
  const root = cacheDir(env);
  const options = { signal, ...(onProgress && { onProgress }) };
  const boot = { vmlinux: kernel.vmlinux, initramfs: initramfs.file, topology };
  const cache = { cacheDir: root, qemuId: qemu, kernelKey: kernel.key };
  const guest = { ...boot, dir: join(runDir, "probe"), signal };
  const isForeign = arch.name !== X86.name;
  const { accel, why } = isForeign
    ? NO_CHOICE
    : await chooseAccel({ env, ...cache, guest, ...options });
  onProgress?.(`running vectors of seed ${scope.seed} under ${accel} (${why})`);
  const who = request.caller && { caller: request.caller.name };
  const asked = { stage: scope.stage, seed: scope.seed, topology, ...who };
  const changes: PlatformChanges = { changed: 0, dropped: 0 };
  const wanted = { set: request.set ?? "default", arch, asked, sample };
  const evidence = await runParts(vectorsFor(wanted, changes), {
    ...{ ...boot, arch, ...(request.caller && { caller: request.caller }) },
    ...{ version: `#${buildVersionOf(kernel.treeId)}`, accel, dir: runDir },
    limits: request.limits ?? patient(DEFAULT_LIMITS, build.patience),
    ...{ duties: build.duties, allCpus: build.allCpus, cmdline },
    ...(request.shrink !== false && !isForeign && { reproduceAs: scope }),
    ...(request.shard && { shard: request.shard }),
    // What is plugged in is no part of the machine that a snapshot would go on in.
    ...(!isForeign &&
      topology.fragments === undefined && {
        snapshots: { ...cache, initramfsHash: initramfs.hash },
      }),
    ...(request.onGuest && { onGuest: request.onGuest }),
    guestsAtOnce: (nrVectors) => guestsFor(request.guests ?? 1, topology, nrVectors),
    maxRestarts: request.maxRestarts ?? MAX_RESTARTS,
    ...options,
  });
  const { ownSources } = prepared;
  const counted = { notesDir: kernel.dir, extras: evidence.extras, tempDir: runDir, signal };
  const [first] = evidence.findings;
  const outcome = first?.kind ?? "pass";
  const isFault = first !== undefined && !evidence.findings.some(isOfTheKernel);
  const verdict = first === undefined ? "pass" : isFault ? "error" : "fail";
  return {
    ...scope,
    ...{ verdict, outcome, findings: evidence.findings, totalVectors: evidence.total },
    ...{ agreeingVectors: evidence.agreeing, notRunVectors: evidence.notRun },
    ...{ guests: evidence.guests, accel, accelReason: why, qemu, runDir },
    assertedOptions: prepared.assertedOptions,
    ...{ vmlinux: kernel.vmlinux, kernelFromCache: kernel.fromCache, cached: false },
    ...(evidence.reproducer !== undefined && { reproducer: evidence.reproducer }),
    ...(build.duties.includes("faults") && { faults: evidence.faults }),
    ...(isForeign && { platform: changes }),
    ...(build.duties.includes("coverage") && {
      coverage: await coverageOf({ ownSources, ...counted }),
    }),
    timings: {
      buildMs: prepared.buildMs,
      vectorsMs: evidence.vectorsMs,
      guestsMs: evidence.guestsMs,
    },
  };
}

const NO_CHOICE = { accel: "tcg", why: "another architecture than this machine's" } as const;

function isOfTheKernel({ kind }: { readonly kind: VectorsReport["outcome"] }): boolean {
  return !isInfrastructure(kind);
}
