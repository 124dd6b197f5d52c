import fc from "fast-check";
import { expect, test } from "vitest";
import { coveringArray, fullProduct } from "./covering.ts";

const levels = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 6 });

test("every combination of two or three levels occurs, with fewer rows than all", () => {
  fc.assert(
    fc.property(levels, fc.constantFrom(2, 3), (counts, strength) => {
      const rows = coveringArray(counts, strength);
      const seen = (factors: readonly number[], choice: readonly number[]): boolean =>
        rows.some((row) => factors.every((factor, index) => row[factor] === choice[index]));
      for (let a = 0; a < counts.length; a += 1) {
        for (let b = a + 1; b < counts.length; b += 1) {
          const third = strength === 3 ? counts.length : b + 2;
          for (let c = b + 1; c < third; c += 1) {
            const factors = strength === 3 ? [a, b, c] : [a, b];
            const own = factors.map((factor) => counts[factor] ?? 0);
            for (const choice of fullProduct(own)) expect(seen(factors, choice)).toBe(true);
          }
        }
      }
      const all = counts.reduce((product, count) => product * count, 1);
      expect(rows.length).toBeLessThanOrEqual(all);
    }),
    { numRuns: 60 },
  );
});

test("rows are the same at each time, and a full product has each row once", () => {
  expect(coveringArray([3, 3, 3, 2], 2)).toEqual(coveringArray([3, 3, 3, 2], 2));
  expect(new Set(fullProduct([3, 2, 4]).map(String)).size).toBe(24);
});
