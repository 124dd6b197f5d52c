import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call } from "../../machine/calls.ts";
import { createMachine } from "../../machine/params.ts";
import { initialState, type State } from "../../machine/state.ts";
import { step } from "../../machine/step.ts";
import { TWO_TIERS_HMAT } from "../../topology/two-tiers-hmat.ts";
import { exploreScope, NO_EDGE, type Scope } from "./explore.ts";
import { smallScope } from "./small-scope.ts";
import { stateKey } from "./state-key.ts";
import { planTour } from "./tour.ts";

const machine = createMachine(TWO_TIERS_HMAT, "v1");
const scope = smallScope(machine);
const graph = exploreScope(scope);

describe("the state space of the small scope", () => {
  test("is closed: every random program stays in it", () => {
    const index = fc.nat({ max: scope.alphabet.length - 1 });
    fc.assert(
      fc.property(fc.array(index, { maxLength: 60 }), (program) => {
        let state = scope.initial;
        let at = 0;
        for (const number of program) {
          const call = scope.alphabet[number];
          if (call === undefined || !scope.allows(state, call)) continue;
          state = step(state, call)[0]?.state ?? state;
          at = graph.next[at]?.[number] ?? NO_EDGE;
          expect(at).not.toBe(NO_EDGE);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("has each state once", () => {
    const keys = new Set<string>();
    const seen = new Map<number, State>([[0, scope.initial]]);
    for (const [from, row] of graph.next.entries()) {
      const state = seen.get(from);
      if (state === undefined) throw new Error(`state ${from} comes before the call to it`);
      keys.add(stateKey(state));
      row.forEach((to, number) => {
        const call = scope.alphabet[number];
        if (to === NO_EDGE || seen.has(to) || call === undefined) return;
        seen.set(to, step(state, call)[0]?.state ?? state);
      });
    }
    expect(keys.size).toBe(graph.states);
  });

  test("has a tour that takes every edge, in walks from the first state", () => {
    const taken = new Set<string>();
    for (const walk of planTour(graph, 300)) {
      expect(walk.length).toBeLessThan(400);
      let at = 0;
      for (const call of walk) {
        taken.add(`${at} ${call}`);
        at = graph.next[at]?.[call] ?? NO_EDGE;
        expect(at).not.toBe(NO_EDGE);
      }
    }
    expect(taken.size).toBe(graph.edges);
  });

  test("has mappings of several pages merged with their neighbours", () => {
    const pages = (...ranges: readonly (readonly [page: number, npages: number])[]): State =>
      ranges.reduce((state, [page, npages]) => {
        const call: Call = { op: "mmap", page, npages, kind: 0, prot: 3 };
        return step(state, call)[0]?.state ?? state;
      }, initialState(machine));
    expect(stateKey(pages([0, 1], [1, 1]))).toBe(stateKey(pages([0, 2])));
    expect(stateKey(pages([0, 1], [2, 1]))).not.toBe(stateKey(pages([0, 2])));
  });
});

test("a world without an end is refused", () => {
  const alphabet = Array.from(
    { length: 500 },
    (_, page): Call => ({ op: "mmap", page, npages: 1, kind: 0, prot: 3 }),
  );
  const endless: Scope = { ...scope, alphabet, allows: () => true };
  expect(() => exploreScope(endless, 1000)).toThrow("more than 1000 states");
});
