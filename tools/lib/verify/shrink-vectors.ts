import type { Call, Vector } from "../../../kernel-model/index.ts";

/** Vectors that together show a failure, and a way to ask whether fewer do. */
export interface ShrinkRequest {
  /** In the order in which they ran; the last is the one at which it happened. */
  readonly vectors: readonly Vector[];
  /** Whether these vectors, in a fresh guest, show the same failure. */
  readonly fails: (vectors: readonly Vector[]) => Promise<boolean>;
  /** How often `fails` may be asked. */
  readonly maxRuns: number;
}

/** The fewest vectors, calls and bytes that were found to show it. */
export interface Shrunk {
  readonly vectors: readonly Vector[];
  readonly runs: number;
  /** False when the vectors did not show it again at all: it depends on more than them. */
  readonly isReproduced: boolean;
}

/**
 * Looks for the shortest reproducer: the last vector alone, else the shortest run of vectors that
 * ends with it, found by bisecting; then calls, then words of arguments are left out one by one.
 */
export async function shrinkVectors(request: ShrinkRequest): Promise<Shrunk> {
  let runs = 0;
  const fails = async (vectors: readonly Vector[]): Promise<boolean> => {
    if (runs >= request.maxRuns) return false;
    runs += 1;
    return await request.fails(vectors);
  };
  const few = await bisectStart(request.vectors, fails);
  if (few === undefined) return { vectors: request.vectors, runs, isReproduced: false };
  const dropped = await dropInner(few, fails);
  const short = await dropCalls(dropped, fails);
  return { vectors: await zeroWords(short, fails), runs, isReproduced: true };
}

type Fails = (vectors: readonly Vector[]) => Promise<boolean>;

async function bisectStart(
  all: readonly Vector[],
  fails: Fails,
): Promise<readonly Vector[] | undefined> {
  if (await fails(all.slice(-1))) return all.slice(-1);
  if (all.length === 1 || !(await fails(all))) return undefined;
  let failing = 0;
  let passing = all.length - 1;
  while (passing - failing > 1) {
    const middle = (failing + passing) >> 1;
    if (await fails(all.slice(middle))) failing = middle;
    else passing = middle;
  }
  return all.slice(failing);
}

/** Halves of what is between the first and the last vector, then quarters, and so on. */
async function dropInner(vectors: readonly Vector[], fails: Fails): Promise<readonly Vector[]> {
  let kept = vectors;
  for (let size = Math.max(1, kept.length - 2); size >= 1 && kept.length > 2; size >>= 1) {
    for (let at = 1; at + 1 < kept.length; ) {
      const last = Math.min(at + size, kept.length - 1);
      const fewer = [...kept.slice(0, at), ...kept.slice(last)];
      if (await fails(fewer)) kept = fewer;
      else at += size;
    }
  }
  return kept;
}

async function dropCalls(vectors: readonly Vector[], fails: Fails): Promise<readonly Vector[]> {
  let kept = vectors;
  for (let index = kept.length - 1; index >= 0; index -= 1) {
    for (let step = (kept[index]?.calls.length ?? 0) - 1; step >= 0; step -= 1) {
      const vector = kept[index];
      if (vector === undefined || vector.calls.length < 2) break;
      const fewer = kept.with(index, withoutCall(vector, step));
      if (await fails(fewer)) kept = fewer;
    }
  }
  return kept;
}

function withoutCall(vector: Vector, step: number): Vector {
  const isKept = (_: unknown, index: number): boolean => index !== step;
  return {
    ...withoutDigests(vector),
    calls: vector.calls.filter(isKept),
    expected: vector.expected.filter(isKept),
  };
}

/** Other calls end in another state. */
function withoutDigests({ digests: _, ...vector }: Vector): Vector {
  return vector;
}

const WORD_BYTES = 8;

/** Sets words of the last vector's last argument to zero, the first one excepted: its size. */
async function zeroWords(vectors: readonly Vector[], fails: Fails): Promise<readonly Vector[]> {
  let kept = vectors;
  const last = kept.length - 1;
  const bytes = argumentOf(kept[last]?.calls.at(-1))?.length ?? 0;
  for (let at = WORD_BYTES; at < bytes; at += WORD_BYTES) {
    const vector = kept[last];
    const call = vector?.calls.at(-1);
    if (vector === undefined || call?.op !== "ioctl") break;
    if (call.payload.subarray(at, at + WORD_BYTES).every((byte) => byte === 0)) continue;
    const payload = Uint8Array.from(call.payload).fill(0, at, at + WORD_BYTES);
    const calls = [...vector.calls.slice(0, -1), { ...call, payload }];
    const simpler = kept.with(last, { ...withoutDigests(vector), calls });
    if (await fails(simpler)) kept = simpler;
  }
  return kept;
}

function argumentOf(call: Call | undefined): Uint8Array | undefined {
  return call?.op === "ioctl" ? call.payload : undefined;
}
