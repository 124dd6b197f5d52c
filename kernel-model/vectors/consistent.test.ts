import { describe, expect, test } from "vitest";
import { firstInconsistency, type Step } from "./consistent.ts";
import type { ExpectedOutcome } from "./vector.ts";

const NOTHING = new Uint8Array(0);
const seen = (...rets: readonly number[]): readonly ExpectedOutcome[] =>
  rets.map((ret) => ({ ret, out: NOTHING }));

/** `move` goes to node 1 or 2 without a word; `where` tells which. */
const step: Step<number, "move" | "where"> = (state, call) =>
  call === "where"
    ? [{ ret: state, out: NOTHING, state }]
    : [1, 2].map((node) => ({ ret: 0, out: NOTHING, state: node }));

describe("states that are consistent with what was seen", () => {
  test("a choice may go either way", () => {
    expect(firstInconsistency(0, ["move", "where"], seen(0, 1), step)).toBeUndefined();
    expect(firstInconsistency(0, ["move", "where"], seen(0, 2), step)).toBeUndefined();
  });

  test("but has to be kept: each outcome alone is allowed, both together are not", () => {
    expect(firstInconsistency(0, ["move", "where", "where"], seen(0, 1, 2), step)).toEqual({
      index: 2,
      allowed: seen(1),
    });
  });

  test("what no state allows is told with all that is allowed", () => {
    expect(firstInconsistency(0, ["move", "where"], seen(0, 3), step)).toEqual({
      index: 1,
      allowed: seen(1, 2),
    });
  });
});
