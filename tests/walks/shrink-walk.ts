import fc from "fast-check";

/** Runs programs and gives the indices of those that fail; all of a call in one guest. */
export type RunBatch<Item> = (
  programs: readonly (readonly Item[])[],
) => Promise<ReadonlySet<number>>;

export interface WalkSearch<Item> {
  readonly arbitrary: fc.Arbitrary<readonly Item[]>;
  readonly seed: number;
  /** Random programs of the first run. */
  readonly count: number;
  readonly run: RunBatch<Item>;
}

/** A program that fails, and how it was found. */
export interface FoundWalk<Item> {
  readonly program: readonly Item[];
  /** As chance made it. */
  readonly before: readonly Item[];
  /** Batches that were run. */
  readonly batches: number;
}

/** So many are tried together: a guest takes seconds to come up, a program none. */
const CANDIDATES = 400;

/**
 * Random programs, and of the first that fails the shortest that can be found. Each step of
 * shrinking is one batch: of all that fast-check would try one by one the first that fails is the
 * next to shrink. It does not come back to what it left, so that in the end each item is left out.
 */
export async function findWalk<Item>(
  search: WalkSearch<Item>,
): Promise<FoundWalk<Item> | undefined> {
  const { arbitrary, seed, count, run } = search;
  const random = new fc.Random(generator(seed));
  const values = Array.from({ length: count }, () => arbitrary.generate(random, undefined));
  const first = await firstFailing(values, run);
  if (first === undefined) return undefined;
  let batches = 1;
  let best = first;
  let found: fc.Value<readonly Item[]> | undefined = first;
  while (found !== undefined) {
    best = found;
    batches += 1;
    const shorter = [...arbitrary.shrink(best.value, best.context).take(CANDIDATES)];
    found = await firstFailing(shorter, run);
  }
  let program = best.value;
  for (let isShorter = true; isShorter; batches += 1) {
    const without = program.map((_, left) => program.filter((_item, index) => index !== left));
    const failing = await run(without);
    const next = without.find((_, index) => failing.has(index));
    isShorter = next !== undefined;
    program = next ?? program;
  }
  return { program, before: first.value, batches };
}

async function firstFailing<Item>(
  values: readonly fc.Value<readonly Item[]>[],
  run: RunBatch<Item>,
): Promise<fc.Value<readonly Item[]> | undefined> {
  const failing = await run(values.map(({ value }) => value));
  return values.find((_, index) => failing.has(index));
}

/** Numbers for fast-check, the same for the same seed (mulberry32). */
function generator(seed: number): ConstructorParameters<typeof fc.Random>[0] {
  let state = seed >>> 0;
  const unsafeNext = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) | 0;
  };
  return {
    unsafeNext,
    next: () => {
      const copy = generator(state);
      return [unsafeNext(), copy as never];
    },
    clone: () => generator(state) as never,
    getState: () => [state],
  };
}
