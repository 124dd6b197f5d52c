import { join } from "node:path";
import type { Vector, VectorSet } from "../../../kernel-model/index.ts";
import { addFaults, NO_FAULTS } from "./judge-faults.ts";
import { isInfrastructure } from "./outcome.ts";
import { type Reproducer, reproduce } from "./reproduce.ts";
import type { VectorsRequest } from "./run-part.ts";
import { runShares, shareOf } from "./run-shares.ts";
import type { VectorsEvidence } from "./run-vectors.ts";

/** What several parts of a set showed together. */
export interface PartsEvidence extends VectorsEvidence {
  /** Milliseconds spent on making the vectors, and on guests. */
  readonly vectorsMs: number;
  readonly guestsMs: number;
  /** Of the first thing that stopped or disturbed a guest. */
  readonly reproducer?: Reproducer;
}

/** A part of the work, for one of several machines. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly total: number;
}

/** What all parts have in common. */
export interface PartsRequest extends Omit<VectorsRequest, "vectors" | "seed"> {
  /** Look for the shortest reproducer, whose source tells this origin. */
  readonly reproduceAs?: Pick<VectorSet, "stage" | "topology">;
  /** Only every `total`-th vector, from the `index`-th on, counted from 1. */
  readonly shard?: Shard;
  /** How many guests may run at once for so many vectors; one unless told. */
  readonly guestsAtOnce?: (nrVectors: number) => number;
}

/**
 * Runs the parts of a set one after the other, each in a guest of its own and made only when it is
 * its turn. A failure of our own machine ends the run; findings about the kernel don't.
 */
export async function runParts(
  parts: Iterable<VectorSet>,
  { reproduceAs, shard = { index: 1, total: 1 }, guestsAtOnce, ...request }: PartsRequest,
): Promise<PartsEvidence> {
  let sum: PartsEvidence = {
    ...{ findings: [], total: 0, agreeing: 0, notRun: 0, guests: [] },
    ...{ extras: [], faults: NO_FAULTS },
    ...{ vectorsMs: 0, guestsMs: 0 },
  };
  const iterator = parts[Symbol.iterator]();
  for (let index = 0; ; index += 1) {
    const startMs = performance.now();
    const next = iterator.next();
    const madeMs = performance.now();
    sum = { ...sum, vectorsMs: sum.vectorsMs + madeMs - startMs };
    if (next.done === true) return sum;
    const { seed } = next.value;
    const all = request.duties?.includes("faults")
      ? next.value.vectors.filter(isRepeatable)
      : next.value.vectors;
    const vectors = shareOf(all, shard.index - 1, shard.total);
    request.onProgress?.(`part ${index}: running ${vectors.length} vectors`);
    const dir = index === 0 ? request.dir : join(request.dir, `part-${index}`);
    const part = { ...request, seed, vectors, dir };
    const { evidence, shares } = await runShares(part, guestsAtOnce?.(vectors.length) ?? 1);
    const lead = evidence.findings[0];
    const own = shares.find(({ findings }) => lead !== undefined && findings.includes(lead));
    if (reproduceAs !== undefined && sum.reproducer === undefined && own !== undefined) {
      const reproducer = await reproduce({ ...own.request, dir }, lead, reproduceAs);
      sum = { ...sum, ...(reproducer && { reproducer }) };
    }
    sum = addEvidence(sum, evidence, performance.now() - madeMs);
    if (evidence.findings.some(({ kind }) => isInfrastructure(kind))) return sum;
  }
}

/** A vector of one process, whose calls show nothing of what was before them. */
function isRepeatable({ calls }: Vector): boolean {
  return !calls.some(({ op }) => op === "fork" || op === "trace" || op === "totals");
}

function addEvidence(sum: PartsEvidence, more: VectorsEvidence, guestsMs: number): PartsEvidence {
  return {
    ...sum,
    findings: [...sum.findings, ...more.findings],
    total: sum.total + more.total,
    agreeing: sum.agreeing + more.agreeing,
    notRun: sum.notRun + more.notRun,
    guests: [...sum.guests, ...more.guests],
    extras: [...sum.extras, ...more.extras],
    faults: addFaults(sum.faults, more.faults),
    guestsMs: sum.guestsMs + guestsMs,
  };
}
