import type { Vector } from "../../../kernel-model/index.ts";
import { addFaults, NO_FAULTS } from "./judge-faults.ts";
import type { Finding } from "./outcome.ts";
import type { VectorsRequest } from "./run-part.ts";
import { runVectors, type VectorsEvidence } from "./run-vectors.ts";

/** What the number of guests that run at once depends on. */
export interface HostRoom {
  readonly cores: number;
  /** Bytes that may be used without swapping. */
  readonly freeBytes: number;
  /** Bytes of one guest's RAM. */
  readonly guestBytes: number;
  readonly nrVectors: number;
}

/** Half of what is free is left to everything else. */
const SHARE_OF_MEMORY = 0.5;
/** A guest takes a second to boot; for fewer vectors than these it is not worth one. */
const VECTORS_OF_GUEST = 2_000;

/** How many guests run at once: never more than cores, memory, and work for them. */
export function countGuests({ cores, freeBytes, guestBytes, nrVectors }: HostRoom): number {
  const byMemory = Math.floor((freeBytes * SHARE_OF_MEMORY) / guestBytes);
  const byWork = Math.ceil(nrVectors / VECTORS_OF_GUEST);
  return Math.max(1, Math.min(cores, byMemory, byWork));
}

/** The vectors of one of `total` shares: every `total`-th, so that each has short and long ones. */
export function shareOf(
  vectors: readonly Vector[],
  index: number,
  total: number,
): readonly Vector[] {
  return total === 1 ? vectors : vectors.filter((_, at) => at % total === index);
}

/** The evidence of one share, with the request that gave it. */
export interface ShareEvidence extends VectorsEvidence {
  readonly request: VectorsRequest;
}

/**
 * Runs vectors in several guests at once, each with a share of them, and puts the evidence together
 * as if it came from one: the shortest vector leads. The first failure of ours ends the others, and
 * is told when all have ended: until then they write to the request's folder.
 */
export async function runShares(
  request: VectorsRequest,
  guestsAtOnce: number,
): Promise<{ readonly evidence: VectorsEvidence; readonly shares: readonly ShareEvidence[] }> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal ? [request.signal] : [])]);
  const running = Array.from({ length: guestsAtOnce }, async (_, index): Promise<ShareEvidence> => {
    const vectors = shareOf(request.vectors, index, guestsAtOnce);
    const dir = guestsAtOnce === 1 ? request.dir : `${request.dir}/share-${index}`;
    const own = { ...request, vectors, dir };
    return { ...(await runVectors({ ...own, signal })), request: own };
  });
  const shares = await Promise.all(running).finally(async () => {
    stop.abort();
    await Promise.allSettled(running);
  });
  return { evidence: joinShares(shares, request.vectors), shares };
}

/** Adds up; findings come in the order of the vectors, those without a vector last. */
export function joinShares(
  shares: readonly VectorsEvidence[],
  vectors: readonly Pick<Vector, "id">[],
): VectorsEvidence {
  const order = new Map(vectors.map(({ id }, index) => [id, index]));
  const rank = ({ vector }: Finding): number => order.get(vector?.id ?? "") ?? vectors.length;
  const sum = (count: (share: VectorsEvidence) => number): number =>
    shares.reduce((total, share) => total + count(share), 0);
  return {
    findings: shares.flatMap(({ findings }) => findings).toSorted((a, b) => rank(a) - rank(b)),
    total: sum(({ total }) => total),
    agreeing: sum(({ agreeing }) => agreeing),
    notRun: sum(({ notRun }) => notRun),
    guests: shares.flatMap(({ guests }) => guests),
    extras: shares.flatMap(({ extras }) => extras),
    faults: shares.map(({ faults }) => faults).reduce(addFaults, NO_FAULTS),
  };
}
