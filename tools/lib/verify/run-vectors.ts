import { X86 } from "../arch/registry.ts";
import type { Extras } from "./extras.ts";
import { addFaults, type FaultCounts, NO_FAULTS } from "./judge-faults.ts";
import { type Finding, isInfrastructure } from "./outcome.ts";
import { type GuestSummary, runPart, type VectorsRequest } from "./run-part.ts";

/** What the vectors showed. */
export interface VectorsEvidence {
  /** Shortest vector first, those without a vector last. */
  readonly findings: readonly Finding[];
  readonly total: number;
  readonly agreeing: number;
  /** Vectors that no guest carried out to their end, those that crashed one included. */
  readonly notRun: number;
  readonly guests: readonly GuestSummary[];
  /** What each guest handed over, in the order of the guests. */
  readonly extras: readonly Extras[];
  /** Of a run with failing steps: calls that were made to fail, and what they returned. */
  readonly faults: FaultCounts;
}

const INFRA_RETRIES = 1;

/**
 * Runs vectors and compares their results with the model.
 *
 * A guest that stops at a vector is followed by a fresh one with the vectors after it. A failure of
 * our own machine is tried once more from the same vector, over a serial line if init never found
 * the memory that it shares with the host, and never counted against the kernel
 * when the second time goes well.
 */
export async function runVectors(request: VectorsRequest): Promise<VectorsEvidence> {
  const findings: Finding[] = [];
  const guests: GuestSummary[] = [];
  const extras: Extras[] = [];
  let faults = NO_FAULTS;
  let agreeing = 0;
  let done = 0;
  let next = 0;
  let restarts = 0;
  let retries = 0;
  let channel = request.channel ?? "memory";
  while (next < request.vectors.length) {
    const vectors = request.vectors.slice(next);
    const part = await runPart({ ...request, channel }, vectors, guests.length);
    guests.push(part.summary);
    const [first] = part.findings;
    if (first !== undefined && isInfrastructure(first.kind) && retries < INFRA_RETRIES) {
      retries += 1;
      const isX86 = request.arch === undefined || request.arch.name === X86.name;
      if (part.isUnreached && isX86) channel = "serial";
      const how = channel === "serial" ? " over a serial line" : "";
      request.onProgress?.(`${first.kind}: ${first.what}; trying once more${how}`);
      continue;
    }
    findings.push(...part.findings);
    extras.push(part.extras);
    faults = addFaults(faults, part.faults);
    agreeing += part.agreeing;
    done += part.summary.vectors;
    if (part.stoppedAt === undefined) break;
    next += part.stoppedAt + 1;
    if (restarts === request.maxRestarts) break;
    restarts += 1;
    request.onProgress?.(`${first?.kind}: starting a fresh guest after vector ${next - 1}`);
  }
  const total = request.vectors.length;
  const counts = { total, agreeing, notRun: total - done };
  return { findings: sortFindings(findings), ...counts, guests, extras, faults };
}

function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const named = findings.filter((finding) => finding.vector !== undefined);
  return [...named, ...findings.filter((finding) => finding.vector === undefined)];
}
