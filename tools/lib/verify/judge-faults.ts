import {
  argumentBytes,
  type Call,
  type CallResult,
  compareResults,
  ERRNO,
  type ErrnoName,
  formatRet,
  type Platform,
  type Vector,
} from "../../../kernel-model/index.ts";
import { describeDifference, describeFault } from "./describe-vector.ts";
import type { Finding } from "./outcome.ts";

/** Calls that were made to fail, by what they returned: `-EFAULT`, `0`. */
export interface FaultCounts {
  /** Times that a call was carried out with a step that was to fail. */
  readonly rounds: number;
  /** Times that there was such a step. */
  readonly injected: number;
  readonly returned: Readonly<Record<string, number>>;
}

/** What the results of one guest say about its vectors. */
export interface Judgement {
  readonly agreeing: number;
  readonly differing: readonly Finding[];
  readonly faults: FaultCounts;
}

export const NO_FAULTS: FaultCounts = { rounds: 0, injected: 0, returned: {} };

/**
 * What a call may return when a step of it fails, beside what it returns otherwise: a copy from or
 * to user space, or an allocation of the VFS or of the driver's open.
 */
const DOCUMENTED: Readonly<Partial<Record<Call["op"], readonly ErrnoName[]>>> = {
  open: ["ENOMEM", "EFAULT"],
  ioctl: ["EFAULT"],
};

/** Adds up what several guests counted. */
export function addFaults(one: FaultCounts, other: FaultCounts): FaultCounts {
  const returned = { ...one.returned };
  for (const [ret, count] of Object.entries(other.returned)) {
    returned[ret] = (returned[ret] ?? 0) + count;
  }
  const rounds = one.rounds + other.rounds;
  return { rounds, injected: one.injected + other.injected, returned };
}

type ByteOrder = Platform["byteOrder"];

interface Round {
  /** Index of the vector that it belongs to. */
  readonly vector: number;
  readonly nth: number;
  readonly isHit: boolean;
  /** Of the vector's calls. */
  readonly results: readonly CallResult[];
  /** The last call carried out once more after it was made to fail. */
  readonly again: CallResult | undefined;
}

/**
 * Judges a run in which the n-th fallible step of each vector's last call failed, n = 1, 2, ... A
 * call that was made to fail returns what it would anyway or a documented errno, writes nothing,
 * and leaves everything as it was: carried out once more it returns what the model says. Memory is
 * in `byteOrder`.
 */
export function judgeFaults(
  vectors: readonly Vector[],
  results: readonly CallResult[],
  byteOrder: ByteOrder = "little",
): Judgement {
  const rounds = roundsOf(vectors, results);
  const bad = new Map<number, Finding>();
  const ended = new Set<number>();
  const returned: Record<string, number> = {};
  for (const round of rounds) {
    const vector = vectors[round.vector];
    if (vector === undefined) throw new RangeError("a round of no vector");
    if (!round.isHit) ended.add(round.vector);
    else {
      const ret = formatRet(round.results.at(-1)?.ret ?? 0);
      returned[ret] = (returned[ret] ?? 0) + 1;
    }
    const finding = judgeRound(vector, round, byteOrder);
    if (finding !== undefined && !bad.has(round.vector)) bad.set(round.vector, finding);
  }
  return {
    agreeing: [...ended].filter((index) => !bad.has(index)).length,
    differing: [...bad.values()],
    faults: {
      rounds: rounds.length,
      injected: rounds.filter(({ isHit }) => isHit).length,
      returned,
    },
  };
}

function judgeRound(vector: Vector, round: Round, byteOrder: ByteOrder): Finding | undefined {
  const [difference] = compareAs(vector, round.results, byteOrder);
  const last = round.results.length - 1;
  if (difference !== undefined) {
    const isOfFault = round.isHit && difference.step === last;
    if (!isOfFault) return describeDifference(difference);
    const call = vector.calls[last];
    const result = round.results[last];
    const complaint = complainOf(call, result, byteOrder);
    if (complaint !== undefined) return describeFault(difference, round.nth, complaint);
  }
  const { again } = round;
  if (again === undefined || (round.results[last]?.ret ?? 0) >= 0) return undefined;
  const once = [...round.results.slice(0, last), { ...again, step: last }];
  const [changed] = compareAs(vector, once, byteOrder);
  if (changed === undefined) return undefined;
  const what = `the call that failed changed something: ${changed.details.join("; ")}`;
  return describeFault(changed, round.nth, what);
}

function complainOf(
  call: Call | undefined,
  result: CallResult | undefined,
  byteOrder: ByteOrder,
): string | undefined {
  if (call === undefined || result === undefined) throw new RangeError("a round without results");
  const allowed = DOCUMENTED[call.op] ?? [];
  if (!allowed.some((name) => result.ret === -ERRNO[name])) {
    return `returned ${formatRet(result.ret)}, and only ${allowed.join(", ")} is documented`;
  }
  const before = call.op === "ioctl" ? argumentBytes(call, byteOrder) : result.out;
  const isWritten = before
    .subarray(0, result.out.length)
    .some((byte, offset) => byte !== result.out[offset]);
  return isWritten ? `returned ${formatRet(result.ret)} and wrote into its argument` : undefined;
}

function compareAs(vector: Vector, results: readonly CallResult[], byteOrder: ByteOrder) {
  // The round is in the digest, which has no room for the state.
  const { digests: _, ...plain } = vector;
  return compareResults(
    [plain],
    results.map((result) => ({ ...result, vector: 0 })),
    byteOrder,
  ).differences;
}

/** Takes the rounds apart; one that the guest did not end is left out. */
function roundsOf(vectors: readonly Vector[], results: readonly CallResult[]): readonly Round[] {
  const byRound = new Map<number, CallResult[]>();
  for (const result of results) {
    const own = byRound.get(result.vector);
    if (own === undefined) byRound.set(result.vector, [result]);
    else own.push(result);
  }
  return [...byRound.values()].flatMap((own): Round[] => {
    const marked = own.find(({ digest }) => digest !== 0n);
    if (marked === undefined) return [];
    const vector = Number(marked.digest >> 32n);
    const calls = vectors[vector]?.calls.length ?? 0;
    if (own.length < calls) return [];
    const nth = Number((marked.digest >> 8n) & 0xffffffn);
    const isHit = (marked.digest & 1n) === 1n;
    return [{ vector, nth, isHit, results: own.slice(0, calls), again: own[calls] }];
  });
}
