import { describe, expect, test } from "vitest";
import { HINT_OP_NAMES } from "../abi/hint-ops.ts";
import { createMachine } from "../machine/params.ts";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { smallGraph } from "./classes/space.ts";
import { TWAY } from "./classes/tway.ts";
import { WALK } from "./classes/walk.ts";
import { collectVectors } from "./generate.ts";
import { predict } from "./predict.ts";
import { vectorParts } from "./sets.ts";
import { validSpace } from "./valid-space.ts";
import type { Vector } from "./vector.ts";

const REQUEST = { stage: "v1", seed: 1, topology: TWO_TIERS_HMAT } as const;
const machine = createMachine(TWO_TIERS_HMAT, REQUEST.stage);

describe("sets of vectors", () => {
  test("the default one has at least 10,000, in one part", () => {
    const parts = [...vectorParts("default", REQUEST)];
    expect(parts).toHaveLength(1);
    expect(parts[0]?.vectors.length).toBeGreaterThan(10_000);
  });

  test("the one of the state space has every edge of it", () => {
    const [part, ...more] = vectorParts("space", REQUEST);
    expect(more).toEqual([]);
    const calls = part?.vectors.flatMap((vector) => vector.calls).length ?? 0;
    expect(calls).toBeGreaterThanOrEqual(smallGraph(machine).edges);
  });

  test("the long one begins with the default one", () => {
    const [first] = vectorParts("default", REQUEST);
    const { value: part } = vectorParts("long", REQUEST).next();
    expect(part?.vectors.map(({ id }: Vector) => id)).toEqual(first?.vectors.map(({ id }) => id));
  });

  test("no program that is known is made again, and another seed makes others", () => {
    const known = new Map<string, string>();
    const first = collectVectors([WALK], { machine, seed: 1 }, known);
    expect(collectVectors([WALK], { machine, seed: 1 }, known)).toEqual([]);
    const second = collectVectors([WALK], { machine, seed: 2 }, known);
    expect(second.length).toBeGreaterThan(first.length * 0.9);
    expect(known.size).toBe(first.length + second.length);
  });

  test("valid hints are valid", () => {
    for (const { id, calls } of TWAY.generate({ machine, seed: 1 })) {
      expect(predict(machine, calls).answer, id).toBe("not-supported");
    }
  });

  test("all of them are below a million", () => {
    const counts = HINT_OP_NAMES.map((op) =>
      validSpace(op, machine).levels.reduce((product, count) => product * count, 1),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBeLessThan(1_000_000);
  });
});
