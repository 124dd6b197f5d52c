import { expect, test } from "vitest";
import { evaluate } from "./const-expression.ts";

const lookUp = (name: string): bigint | undefined => (name === "A" ? 3n : undefined);

test.each([
  ["512UL", 512n],
  ["0x10", 16n],
  ["010", 8n],
  ["-1", -1n],
  ["(1U << 4) | 2", 18n],
  ["BIT_ULL(A) - 1", 7n],
  ["2 + 3 * 4 % 5", 4n],
  ["~0 & 0xff", 255n],
  ["A ^ 1", 2n],
])("%s", (text, value) => {
  expect(evaluate(text, lookUp)).toBe(value);
});

test.each(["", "B", "1 / 0", "1 << 100", "(1", "1 2", '"text"', "sizeof(int)", "f(1)"])(
  "no constant that can be told: %s",
  (text) => {
    expect(evaluate(text, lookUp)).toBeUndefined();
  },
);
