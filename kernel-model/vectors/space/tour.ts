import { NO_EDGE, type StateGraph } from "./explore.ts";

/** Walks from the first state, as numbers of calls, that take every edge of the graph. */
export type Tour = readonly (readonly number[])[];

/** A search looks at so many states before a new walk from the first state is the better way. */
const MAX_LOOK = 300;

/**
 * A tour of walks of about `length` calls: an edge that was not taken yet where there is one, else
 * the shortest way to one nearby, else a new walk. Not the shortest tour there is: that of the
 * Chinese postman would save the ways between, and a walk that fails could not be read.
 */
export function planTour(graph: StateGraph, length: number): Tour {
  const open = openEdges(graph);
  const search = createSearch(graph.states);
  const fromStart = createSearch(graph.states);
  nearest(graph, 0, fromStart, () => false, graph.states);
  const isOpen = (state: number): boolean => (open[state]?.length ?? 0) > 0;
  const walks: number[][] = [];
  for (let start = 0; start < graph.states; start += isOpen(start) ? 0 : 1) {
    if (!isOpen(start)) continue;
    const walk = [...wayTo(fromStart, 0, start).calls];
    let at = start;
    while (walk.length < length) {
      const call = open[at]?.pop();
      if (call !== undefined) {
        walk.push(call);
        at = graph.next[at]?.[call] ?? 0;
        continue;
      }
      const way = nearest(graph, at, search, isOpen, MAX_LOOK);
      if (way === null) break;
      walk.push(...way.calls);
      at = way.to;
    }
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

/** What a search leaves behind, made once for all of them: they are many. */
interface Search {
  /** For each state the number of the search that last came to it. */
  readonly seenIn: Int32Array;
  readonly cameFrom: Int32Array;
  readonly cameBy: Int32Array;
  count: number;
}

function createSearch(states: number): Search {
  const numbers = (): Int32Array => new Int32Array(states);
  return { seenIn: numbers(), cameFrom: numbers(), cameBy: numbers(), count: 0 };
}

/** The shortest way from a state to a wanted one; null when none is among the nearest `look`. */
function nearest(
  graph: StateGraph,
  from: number,
  search: Search,
  isWanted: (state: number) => boolean,
  look: number,
): Way | null {
  const { seenIn, cameFrom, cameBy } = search;
  search.count += 1;
  seenIn[from] = search.count;
  const queue = [from];
  for (const [index, state] of queue.entries()) {
    if (isWanted(state)) return wayTo(search, from, state);
    if (index === look) return null;
    const row = graph.next[state] ?? new Int32Array();
    for (let call = 0; call < row.length; call += 1) {
      const to = row[call] ?? NO_EDGE;
      if (to === NO_EDGE || seenIn[to] === search.count) continue;
      seenIn[to] = search.count;
      cameFrom[to] = state;
      cameBy[to] = call;
      queue.push(to);
    }
  }
  return null;
}

function wayTo({ cameFrom, cameBy }: Search, from: number, to: number): Way {
  const calls: number[] = [];
  for (let at = to; at !== from; at = cameFrom[at] ?? from) calls.unshift(cameBy[at] ?? 0);
  return { calls, to };
}
