import { join } from "node:path";
import {
  type Caller,
  type CallResult,
  compareResults,
  decodeResults,
  type ExpectedCounts,
  encodeImage,
  outRoom,
  type Platform,
  predictTiers,
  ResultsError,
  type Topology,
  type Vector,
} from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";
import type { GuestDuty } from "../build/kernel-builds.ts";
import type { Accel } from "../qemu/qemu-args.ts";
import { bootGuest } from "./boot-guest.ts";
import { classifyGuest } from "./classify-guest.ts";
import { describeDifference, describeStop } from "./describe-vector.ts";
import type { Extras } from "./extras.ts";
import { createTeller, type OnGuest } from "./guest-view.ts";
import { type FaultCounts, type Judgement, judgeFaults, NO_FAULTS } from "./judge-faults.ts";
import { type Finding, isStop } from "./outcome.ts";
import type { WatchLimits } from "./progress-watch.ts";
import type { GuestOutput, GuestRun } from "./run-guest.ts";
import type { Channel } from "./serial-channel.ts";
import { planShared } from "./shared-range.ts";
import type { SnapshotKey } from "./snapshot.ts";

/** Vectors, and the kernel and machine to run them on. */
export interface VectorsRequest {
  readonly vmlinux: string;
  /** What `uname -v` of that kernel begins with. */
  readonly version: string;
  readonly initramfs: string;
  readonly topology: Topology;
  readonly accel: Accel;
  /** What kernel and machine are; x86-64 unless told. */
  readonly arch?: Architecture;
  /** How host and guest talk; through memory unless told. */
  readonly channel?: Channel;
  /** QEMU's program; that of the architecture unless told. */
  readonly qemu?: string;
  readonly seed: number;
  /** Shortest first. */
  readonly vectors: readonly Vector[];
  /** Folder for the files of all guests. */
  readonly dir: string;
  readonly limits: WatchLimits;
  /** Fresh guests after a crash or a hang, before the rest is left out. */
  readonly maxRestarts: number;
  /** What init does besides; nothing unless told. */
  readonly duties?: readonly GuestDuty[];
  /** Who makes the calls; root unless told. */
  readonly caller?: Caller;
  readonly allCpus?: boolean;
  /** Where snapshots of such guests are kept; without it each guest is booted cold. */
  readonly snapshots?: SnapshotKey;
  /** Whether a snapshot is made for the first guest already. */
  readonly isOneOfMany?: boolean;
  readonly cmdline?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
  readonly onGuest?: OnGuest;
}

/** One boot, for the report. */
export interface GuestSummary {
  readonly command: string;
  readonly consoleFile: string;
  readonly durationMs: number;
  readonly firstVectorMs: number | undefined;
  /** It went on from a snapshot. */
  readonly isRestored: boolean;
  /** Vectors that were carried out to their end. */
  readonly vectors: number;
  /** `debug_locks` of lockdep at the end, where it is looked at. */
  readonly lockdep?: string;
}

/** What one guest showed. */
export interface Part {
  readonly findings: readonly Finding[];
  readonly agreeing: number;
  /** Index of the vector at which the guest stopped; undefined when there is nothing to resume. */
  readonly stoppedAt: number | undefined;
  /** Init never found the memory that it shares with the host. */
  readonly isUnreached: boolean;
  readonly summary: GuestSummary;
  readonly extras: Extras;
  readonly faults: FaultCounts;
}

/** Most calls have fewer fallible steps; the room is not touched unless it is needed. */
const FAULT_ROUNDS = 40;

/** Runs vectors in one guest. `index` counts the guests of the request. */
export async function runPart(
  request: VectorsRequest,
  vectors: readonly Vector[],
  index: number,
): Promise<Part> {
  const { platform, machine } = request.arch ?? X86;
  const image = encodeImage({ seed: request.seed, vectors, platform });
  const calls = vectors.flatMap((vector) => vector.calls);
  const outBytes = calls.reduce((sum, call) => sum + outRoom(call), 0);
  const { duties = [] } = request;
  const withFaults = duties.includes("faults");
  const room = { imageBytes: image.length, nrCalls: calls.length, outBytes };
  const rounds = withFaults ? FAULT_ROUNDS : 1;
  const layout = planShared({ ...room, rounds, pageSize: platform.pageSize });
  const dir = join(request.dir, `guest-${index}`);
  const teller = createTeller(request.onGuest, dir, vectors.length);
  const output = await bootGuest({
    guest: { ...guestOf(request), layout, image, dir, ...teller.watcher },
    snapshots: request.snapshots,
    makeSnapshot: request.isOneOfMany === true || index > 0,
    ...(request.onProgress && { onProgress: request.onProgress }),
  });
  const expected = withFaults ? undefined : { vectors: vectors.length, calls: calls.length };
  const { byteOrder } = platform;
  const { results, problem } = readResults(output.results, expected, byteOrder);
  const findings = classifyGuest({
    ...output,
    duties,
    resultsProblem: problem,
    expected: {
      ...{ version: request.version, tiers: predictTiers(request.topology) },
      doneStatus: machine.doneStatus,
      caller: request.caller?.name ?? "root",
    },
  });
  const [first] = findings;
  const isStranger = first?.kind.startsWith("wrong-");
  const { agreeing, differing, faults } = isStranger
    ? { agreeing: 0, differing: [], faults: NO_FAULTS }
    : withFaults
      ? judgeFaults(vectors, results, byteOrder)
      : compareComplete(vectors, results, byteOrder);
  const stoppedAt = stopOf(first, output);
  teller.end(output.progress, first?.what ?? (differing.length > 0 ? "vectors differ" : undefined));
  const lockdep = output.facts.get("lockdep");
  const summary = {
    command: output.command,
    consoleFile: output.consoleFile,
    durationMs: output.durationMs,
    firstVectorMs: output.firstVectorMs,
    isRestored: output.isRestored,
    vectors: agreeing + differing.length,
    ...(lockdep !== undefined && { lockdep }),
  };
  return {
    findings: [...differing, ...findings.map((one) => nameVector(one, vectors, output))],
    isUnreached: output.progress.state === "none",
    ...{ agreeing, stoppedAt, summary, extras: output.extras, faults },
  };
}

/** The part of the request that a guest is started with; progress lines are for runs. */
function guestOf(request: VectorsRequest): Omit<GuestRun, "layout" | "image" | "dir"> {
  const { vmlinux, initramfs, topology, accel, limits, cmdline, signal } = request;
  const { duties = [], allCpus = false, qemu, arch = X86, channel = "memory", caller } = request;
  const own = { arch, channel, ...(qemu && { qemu }), ...(caller && { caller }) };
  const options = { ...own, ...(cmdline && { cmdline }), ...(signal && { signal }) };
  return { vmlinux, initramfs, topology, accel, limits, duties, allCpus, ...options };
}

function readResults(
  bytes: Uint8Array,
  expected: ExpectedCounts | undefined,
  byteOrder: Platform["byteOrder"],
): { readonly results: readonly CallResult[]; readonly problem: string | undefined } {
  try {
    return { results: decodeResults(bytes, expected, byteOrder), problem: undefined };
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    return { results: error.results, problem: error.message };
  }
}

/** Compares the vectors whose results are all there. */
function compareComplete(
  vectors: readonly Vector[],
  results: readonly CallResult[],
  byteOrder: Platform["byteOrder"],
): Judgement {
  let complete = 0;
  let used = 0;
  for (const vector of vectors) {
    if (used + vector.calls.length > results.length) break;
    used += vector.calls.length;
    complete += 1;
  }
  const [whole, theirs] = [vectors.slice(0, complete), results.slice(0, used)];
  const { agreeing, differences } = compareResults(whole, theirs, byteOrder);
  return { agreeing, differing: differences.map(describeDifference), faults: NO_FAULTS };
}

/** What stops a guest belongs to the vector that was running, if one was. */
function stopOf(finding: Finding | undefined, output: GuestOutput): number | undefined {
  const { state, beats, vector } = output.progress;
  const isOver = state === "ending" || state === "done";
  return isStop(finding?.kind) && beats > 0 && !isOver ? vector : undefined;
}

function nameVector(finding: Finding, vectors: readonly Vector[], output: GuestOutput): Finding {
  const tainted = output.facts.get("taint.vector");
  const isSplat = finding.kind === "splat" && tainted !== undefined;
  const at = isSplat ? Number(tainted) : stopOf(finding, output);
  const vector = at === undefined ? undefined : vectors[at];
  if (vector === undefined) return finding;
  const step = isSplat ? vector.calls.length - 1 : output.progress.step;
  return describeStop(finding, vector, step);
}
