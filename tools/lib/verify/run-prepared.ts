import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Topology, VectorSet } from "../../../kernel-model/index.ts";
import { X86 } from "../arch/registry.ts";
import type { BuildResult } from "../build/build-kernel.ts";
import type { Initramfs } from "../build/build-runner.ts";
import type { KernelBuild } from "../build/kernel-builds.ts";
import { buildVersionOf } from "../build/kernel-make.ts";
import { cacheDir } from "../fs/cache-dir.ts";
import { chooseAccel } from "./choose-accel.ts";
import { coverageOf } from "./guest-coverage.ts";
import { guestsFor } from "./guests-for.ts";
import { isInfrastructure } from "./outcome.ts";
import { DEFAULT_LIMITS, patient } from "./progress-watch.ts";
import { runParts } from "./run-parts.ts";
import type { PlatformChanges } from "./vectors-for.ts";
import type { VectorsReport, VerifyScope } from "./verify-report.ts";
import type { VerifyRequest } from "./verify-series.ts";

const MAX_RESTARTS = 2;

/** All that a run needs when kernel and runner are built. */
export interface Prepared {
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
  readonly parts: Iterable<VectorSet>;
  /** How the vectors differ on another architecture; complete when the parts are made. */
  readonly changes: PlatformChanges;
}

/** Runs the vectors; leaves the folder behind only when there is something to see in it. */
export async function runPrepared(
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
  const { kernel, initramfs, topology, qemu, scope, build, cmdline, changes } = prepared;
  const { env, signal, onProgress, arch = X86 } = request;
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
  const evidence = await runParts(prepared.parts, {
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
