import { expect, test } from "vitest";
import { prefetch } from "./prefetch.ts";

function* counted(made: number[]): Generator<number> {
  for (const value of [1, 2, 3]) {
    made.push(value);
    yield value;
  }
}

test("the first element is made once, when it is told to begin, and the rest when asked for", () => {
  const made: number[] = [];
  const sequence = prefetch(counted(made));
  expect(made).toEqual([]);
  sequence.begin();
  sequence.begin();
  expect(made).toEqual([1]);
  expect([...sequence]).toEqual([1, 2, 3]);
  expect(made).toEqual([1, 2, 3]);
});

test("without the word to begin it is as its source, also when that is empty", () => {
  expect([...prefetch(counted([]))]).toEqual([1, 2, 3]);
  const none = prefetch<number>([]);
  none.begin();
  expect([...none]).toEqual([]);
});
