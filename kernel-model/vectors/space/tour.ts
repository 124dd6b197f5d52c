import { NO_EDGE, type StateGraph } from "./explore.ts";

/** Walks from the first state, as numbers of calls, that take every edge of the graph. */
export type Tour = readonly (readonly number[])[];

/**
 * A tour of walks of about `length` calls: an edge that was not taken yet where there is one, else
 * the shortest way to the nearest. Not the shortest tour there is: that of the Chinese postman
 * would save the ways between, and a walk that fails could not be read.
 */
export function planTour(graph: StateGraph, length: number): Tour {
  const open = openEdges(graph);
  let left = graph.edges;
  const walks: number[][] = [];
  while (left > 0) {
    const walk: number[] = [];
    let at = 0;
    while (left > 0 && walk.length < length) {
      const call = open[at]?.pop();
      if (call !== undefined) {
        walk.push(call);
        at = graph.next[at]?.[call] ?? 0;
        left -= 1;
        continue;
      }
      const way = nearestOpen(graph, open, at);
      if (way === null) break;
      walk.push(...way.calls);
      at = way.to;
    }
    if (walk.length === 0) throw new RangeError("an edge can't be reached");
    walks.push(walk);
  }
  return walks;
}

/** For each state the calls that were not made in it yet; those that stay there come out first. */
function openEdges({ next }: StateGraph): number[][] {
  return next.map((row, from) => {
    const calls = Array.from(row.keys()).filter((call) => row[call] !== NO_EDGE);
    return [
      ...calls.filter((call) => row[call] !== from),
      ...calls.filter((call) => row[call] === from),
    ];
  });
}

interface Way {
  readonly calls: readonly number[];
  readonly to: number;
}

/** The shortest way from a state to one with an open edge; null when there is none. */
function nearestOpen(graph: StateGraph, open: readonly number[][], from: number): Way | null {
  const cameBy = new Map<number, readonly [state: number, call: number]>([[from, [-1, -1]]]);
  const queue = [from];
  for (const state of queue) {
    if ((open[state]?.length ?? 0) > 0 && state !== from) return wayTo(cameBy, state);
    graph.next[state]?.forEach((to, call) => {
      if (to === NO_EDGE || cameBy.has(to)) return;
      cameBy.set(to, [state, call]);
      queue.push(to);
    });
  }
  return null;
}

function wayTo(
  cameBy: ReadonlyMap<number, readonly [state: number, call: number]>,
  to: number,
): Way {
  const calls: number[] = [];
  let [state, call] = cameBy.get(to) ?? [-1, -1];
  while (state >= 0) {
    calls.unshift(call);
    [state, call] = cameBy.get(state) ?? [-1, -1];
  }
  return { calls, to };
}
