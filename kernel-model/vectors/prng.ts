/** A seeded stream of numbers; the same on every machine. */
export interface Prng {
  /** An integer of `[0, bound)`; `bound` is at most 2^32. */
  below(bound: number): number;
  /** One of `choices`, which must not be empty. */
  pick<Choice>(choices: readonly Choice[]): Choice;
}

/**
 * xoshiro128** seeded through splitmix32, from any number of 32-bit words: a vector's stream comes
 * from the set's seed and its own number, so it does not depend on what was made before.
 */
export function createPrng(...words: readonly number[]): Prng {
  let mixed = 0x9e3779b9;
  for (const word of words) mixed = splitmix(mixed ^ word);
  let [a, b, c, d] = [splitmix(mixed), splitmix(mixed + 1), splitmix(mixed + 2), 1];
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return {
    below,
    pick(choices) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new RangeError("nothing to pick from");
      return choice;
    },
  };
}

function splitmix(word: number): number {
  let mixed = (word + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
