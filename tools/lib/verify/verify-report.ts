import type { VectorRequest } from "../../../kernel-model/index.ts";
import type { BuildError } from "../build/build-errors.ts";
import type { Coverage } from "../coverage/coverage.ts";
import type { Accel } from "../qemu/qemu-args.ts";
import type { FaultCounts } from "./judge-faults.ts";
import type { Finding, OutcomeKind } from "./outcome.ts";
import type { Reproducer } from "./reproduce.ts";
import type { GuestSummary } from "./run-part.ts";
import type { Shard } from "./run-parts.ts";
import type { PlatformChanges } from "./vectors-for.ts";

/** What a kernel was verified with. */
export interface VerifyScope {
  readonly stage: VectorRequest["stage"];
  readonly seed: number;
  readonly topology: string;
  /** Name of the set of vectors; the default one unless told. */
  readonly set?: string;
  /** Of a run that carried out a part of the vectors only. */
  readonly shard?: Shard;
  /** Name of the architecture, unless it is x86-64. */
  readonly arch?: string;
  /** Only every n-th vector was carried out. */
  readonly sample?: number;
  /** Name of who made the calls; root unless told. */
  readonly caller?: string;
  /** Name of the build. */
  readonly build: string;
  /** Full id of the tree that was built. */
  readonly treeId: string;
}

/** The kernel could not be built: a result, with the compiler's words. */
export interface BuildFailedReport extends VerifyScope {
  readonly verdict: "fail";
  readonly outcome: "build-failed";
  readonly errors: readonly BuildError[];
  readonly logFile: string;
  readonly command: string;
}

/** This machine cannot boot what was asked for: it says nothing of the kernel, and is no pass. */
export interface NotRunReport extends Omit<VerifyScope, "treeId"> {
  readonly verdict: "not-run";
  readonly outcome: "not-run";
  /** What is missing. */
  readonly reason: string;
}

/** The vectors ran, or the machine failed. */
export interface VectorsReport extends VerifyScope {
  /** `error`: our machine failed, which says nothing of the kernel. */
  readonly verdict: "pass" | "fail" | "error";
  readonly outcome: OutcomeKind;
  /** Shortest vector first. */
  readonly findings: readonly Finding[];
  readonly totalVectors: number;
  readonly agreeingVectors: number;
  readonly notRunVectors: number;
  readonly guests: readonly GuestSummary[];
  readonly accel: Accel;
  readonly accelReason: string;
  readonly qemu: string;
  readonly vmlinux: string;
  readonly kernelFromCache: boolean;
  /** Options of the kernel that were asked for and are set as asked. */
  readonly assertedOptions?: number;
  /** The verdict itself was found in the cache. */
  readonly cached: boolean;
  /** Milliseconds spent on each part this time. */
  readonly timings: Readonly<Record<"buildMs" | "vectorsMs" | "guestsMs", number>>;
  /** Of a build that counts what its own files execute. */
  readonly coverage?: Coverage;
  /** Of a build in which steps of calls are made to fail. */
  readonly faults?: FaultCounts;
  /** Of another architecture: how its vectors differ from those of x86-64. */
  readonly platform?: PlatformChanges;
  /** Of what stopped or disturbed a guest. */
  readonly reproducer?: Reproducer;
  /** Folder with the consoles, kept when something was found. */
  readonly runDir: string;
}

export type VerifyReport = BuildFailedReport | NotRunReport | VectorsReport;

/** Whether vectors were carried out, or at least tried. */
export function hasRun(report: VerifyReport): report is VectorsReport {
  return report.outcome !== "build-failed" && report.outcome !== "not-run";
}
