import type { Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { exploreScope, type StateGraph } from "../space/explore.ts";
import { smallScope } from "../space/small-scope.ts";
import { planTour } from "../space/tour.ts";
import type { VectorDraft } from "../vector.ts";

/** Calls of one walk: long enough to get somewhere, short enough to be read when it fails. */
const WALK_CALLS = 400;

/** A tour over every edge of a small world: each call in each state that can be reached. */
export const SPACE: VectorClass = {
  name: "space",
  title: "every call in every state of a small world, as walks",
  generate: ({ machine }) => {
    const graph = smallGraph(machine);
    return planTour(graph, WALK_CALLS).map((walk, index): VectorDraft => {
      const calls = walk.flatMap((call) => graph.alphabet[call] ?? []);
      return { id: `space-${index}`, title: `walk ${index} of the tour`, calls };
    });
  },
};

/** The states and edges that the tour is over. */
export function smallGraph(machine: Machine): StateGraph {
  return exploreScope(smallScope(machine));
}
