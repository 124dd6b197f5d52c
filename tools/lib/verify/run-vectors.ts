import { join } from "node:path";
import {
  type CallResult,
  type Comparison,
  compareResults,
  decodeResults,
  encodeImage,
  predictTiers,
  ResultsError,
  type Topology,
  type Vector,
} from "../../../kernel-model/index.ts";
import type { Accel } from "../qemu/qemu-args.ts";
import { classifyGuest } from "./classify-guest.ts";
import { describeDifference, describeStop } from "./describe-vector.ts";
import { type Finding, isInfrastructure } from "./outcome.ts";
import type { WatchLimits } from "./progress-watch.ts";
import { type GuestOutput, type GuestRun, runGuest } from "./run-guest.ts";
import { planShared } from "./shared-range.ts";

/** Vectors, and the kernel and machine to run them on. */
export interface VectorsRequest {
  readonly vmlinux: string;
  /** What `uname -v` of that kernel begins with. */
  readonly version: string;
  readonly initramfs: string;
  readonly topology: Topology;
  readonly accel: Accel;
  readonly seed: number;
  /** Shortest first. */
  readonly vectors: readonly Vector[];
  /** Folder for the files of all guests. */
  readonly dir: string;
  readonly limits: WatchLimits;
  /** Fresh guests after a crash or a hang, before the rest is left out. */
  readonly maxRestarts: number;
  readonly cmdline?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** One boot, for the report. */
export interface GuestSummary {
  readonly command: string;
  readonly consoleFile: string;
  readonly durationMs: number;
  readonly firstVectorMs: number | undefined;
  /** Vectors that were carried out to their end. */
  readonly vectors: number;
}

/** What the vectors showed. */
export interface VectorsEvidence {
  /** Shortest vector first, those without a vector last. */
  readonly findings: readonly Finding[];
  readonly total: number;
  readonly agreeing: number;
  /** Vectors that no guest carried out to their end, those that crashed one included. */
  readonly notRun: number;
  readonly guests: readonly GuestSummary[];
}

const INFRA_RETRIES = 1;

/**
 * Runs vectors and compares their results with the model.
 *
 * A guest that stops at a vector is followed by a fresh one with the vectors after it. A failure of
 * our own machine is tried once more from the same vector, and never counted against the kernel
 * when the second time goes well.
 */
export async function runVectors(request: VectorsRequest): Promise<VectorsEvidence> {
  const findings: Finding[] = [];
  const guests: GuestSummary[] = [];
  let agreeing = 0;
  let done = 0;
  let next = 0;
  let restarts = 0;
  let retries = 0;
  while (next < request.vectors.length) {
    const vectors = request.vectors.slice(next);
    const part = await runPart(request, vectors, guests.length);
    guests.push(part.summary);
    const [first] = part.findings;
    if (first !== undefined && isInfrastructure(first.kind) && retries < INFRA_RETRIES) {
      retries += 1;
      request.onProgress?.(`${first.kind}: ${first.what}; trying once more`);
      continue;
    }
    findings.push(...part.findings);
    agreeing += part.agreeing;
    done += part.summary.vectors;
    if (part.stoppedAt === undefined) break;
    next += part.stoppedAt + 1;
    if (restarts === request.maxRestarts) break;
    restarts += 1;
    request.onProgress?.(`${first?.kind}: starting a fresh guest after vector ${next - 1}`);
  }
  const total = request.vectors.length;
  return { findings: sortFindings(findings), total, agreeing, notRun: total - done, guests };
}

interface Part {
  readonly findings: readonly Finding[];
  readonly agreeing: number;
  /** Index of the vector at which the guest stopped; undefined when there is nothing to resume. */
  readonly stoppedAt: number | undefined;
  readonly summary: GuestSummary;
}

async function runPart(
  request: VectorsRequest,
  vectors: readonly Vector[],
  index: number,
): Promise<Part> {
  const image = encodeImage({ seed: request.seed, vectors });
  const calls = vectors.flatMap((vector) => vector.calls);
  const payloadBytes = calls.reduce((sum, call) => {
    return sum + (call.op === "ioctl" ? call.payload.length : 0);
  }, 0);
  const layout = planShared({ imageBytes: image.length, nrCalls: calls.length, payloadBytes });
  const dir = join(request.dir, `guest-${index}`);
  const output = await runGuest({ ...guestOf(request), layout, image, dir });
  const { results, problem } = readResults(output.results, vectors.length, calls.length);
  const findings = classifyGuest({
    ...output,
    resultsProblem: problem,
    expected: { version: request.version, tiers: predictTiers(request.topology) },
  });
  const [first] = findings;
  const isStranger = first?.kind === "wrong-kernel" || first?.kind === "wrong-topology";
  const comparison = isStranger ? undefined : compareComplete(vectors, results);
  const differences = (comparison?.differences ?? []).map(describeDifference);
  const stoppedAt = stopOf(first, output);
  const summary = {
    command: output.command,
    consoleFile: join(dir, "console.log"),
    durationMs: output.durationMs,
    firstVectorMs: output.firstVectorMs,
    vectors: comparison === undefined ? 0 : comparison.agreeing + differences.length,
  };
  return {
    findings: [...differences, ...findings.map((one) => nameVector(one, vectors, output))],
    agreeing: comparison?.agreeing ?? 0,
    stoppedAt,
    summary,
  };
}

/** The part of the request that a guest is started with; progress lines are for runs. */
function guestOf(request: VectorsRequest): Omit<GuestRun, "layout" | "image" | "dir"> {
  const { vmlinux, initramfs, topology, accel, limits, cmdline, signal } = request;
  const options = { ...(cmdline && { cmdline }), ...(signal && { signal }) };
  return { vmlinux, initramfs, topology, accel, limits, ...options };
}

function readResults(
  bytes: Uint8Array,
  vectors: number,
  calls: number,
): { readonly results: readonly CallResult[]; readonly problem: string | undefined } {
  try {
    return { results: decodeResults(bytes, { vectors, calls }), problem: undefined };
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
    return { results: error.results, problem: error.message };
  }
}

/** Compares the vectors whose results are all there. */
function compareComplete(vectors: readonly Vector[], results: readonly CallResult[]): Comparison {
  let complete = 0;
  let used = 0;
  for (const vector of vectors) {
    if (used + vector.calls.length > results.length) break;
    used += vector.calls.length;
    complete += 1;
  }
  return compareResults(vectors.slice(0, complete), results.slice(0, used));
}

/** A panic, a hang or the lack of memory belongs to the vector that was running. */
function stopOf(finding: Finding | undefined, output: GuestOutput): number | undefined {
  const kind = finding?.kind;
  const isStop = kind === "panic" || kind === "hang" || kind === "guest-oom";
  return isStop && output.progress.beats > 0 ? output.progress.vector : undefined;
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

function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const named = findings.filter((finding) => finding.vector !== undefined);
  return [...named, ...findings.filter((finding) => finding.vector === undefined)];
}
