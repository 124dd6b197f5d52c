import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { generateVectors } from "../vectors/generate.ts";
import { type HintSpec, specCalls, validSpec } from "../vectors/hint-spec.ts";
import type { Call } from "./calls.ts";
import { NO_COUNTS } from "./pages/page-counts.ts";
import { createMachine } from "./params.ts";
import { initialState, type State } from "./state.ts";
import { step } from "./step.ts";
import { type TraceEvent, tracesOf } from "./trace.ts";

function lastTraces(stage: "v1" | "v2", calls: readonly Call[]): ReturnType<typeof tracesOf> {
  let state: State = initialState(createMachine(TWO_TIERS_HMAT, stage));
  for (const call of calls.slice(0, -1)) state = step(state, call)[0]?.state ?? state;
  const last = calls.at(-1);
  return last?.op === "ioctl" ? tracesOf(state, last) : [];
}

function traces(change: Partial<HintSpec>, stage: "v1" | "v2" = "v2"): ReturnType<typeof tracesOf> {
  return lastTraces(stage, specCalls({ ...validSpec("demote"), userTag: 7n, ...change }));
}

describe("the trace of a hint", () => {
  test("encloses one that could be read, and names the step and the tag", () => {
    expect(traces({})).toEqual([
      [
        {
          event: "hbf_hint_enter",
          op: 3,
          flags: 0n,
          start: 0x40008000n,
          len: 0x4000n,
          targetNid: -1,
          userTag: 7n,
        },
        { event: "hbf_hint_reject", op: 3, step: 20, err: -95, userTag: 7n },
        { event: "hbf_hint_exit", op: 3, ret: -95, userTag: 7n, counts: NO_COUNTS },
      ],
    ]);
  });

  test("is a reject without op and tag if it could not be read", () => {
    const only = (step: number, err: number): readonly (readonly TraceEvent[])[] => [
      [{ event: "hbf_hint_reject", op: 0, step, err, userTag: 0n }],
    ];
    expect(traces({ cmd: 0xbb01 })).toEqual(only(1, -25));
    expect(traces({ mode: 0 })).toEqual(only(2, -9));
    expect(traces({ accessible: 3 })).toEqual(only(3, -14));
    expect(traces({ size: 4097 })).toEqual(only(4, -7));
    expect(traces({ size: 63 })).toEqual(only(5, -22));
    expect(traces({ accessible: 40 })).toEqual(only(6, -14));
  });

  test("is empty before v2, and for the commands that only answer", () => {
    expect(traces({}, "v1")).toEqual([[]]);
    expect(traces({ cmd: 0xc028bb00 })).toEqual([[]]);
    expect(traces({ cmd: 0xc108bb02 })).toEqual([[]]);
  });
});

test("of every vector the trace ends as the model answers", () => {
  const { vectors } = generateVectors({ stage: "v2", seed: 3, topology: TWO_TIERS_HMAT });
  const steps = new Set<number>();
  for (const { id, className, calls, expected } of vectors) {
    if (className === "region") continue;
    const rets = new Set(expected.at(-1)?.map(({ ret }) => ret));
    for (const events of lastTraces("v2", calls)) {
      const reject = events.find(({ event }) => event === "hbf_hint_reject");
      if (reject?.event !== "hbf_hint_reject") continue;
      steps.add(reject.step);
      expect(rets.has(reject.err), id).toBe(true);
    }
  }
  const seen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20];
  expect([...steps].toSorted((a, b) => a - b)).toEqual(seen);
});
