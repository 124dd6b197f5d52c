import { HINT_OP, NID_AUTO } from "../../abi/hint-ops.ts";
import type { HintRequest } from "../hint-request.ts";
import { UnmodelledCallError } from "../outcome.ts";
import type { State } from "../state.ts";

/** For each node where its pages should be, or null: one way in which the kernel may choose. */
export type Destinations = readonly (number | null)[];

/**
 * All ways in which the kernel may choose. It asks once a batch, and the arena is one: only of
 * equal demotion targets it takes any. mm/hbf.c:hbf_choose_nodes
 */
export function destinationsOf(state: State, request: HintRequest): readonly Destinations[] {
  const { nodes } = state.machine;
  return nodes.reduce<readonly Destinations[]>(
    (chosen, _, src) =>
      chosen.flatMap((before) =>
        targetsOf(state, request, src).map((target): Destinations => [...before, target]),
      ),
    [[]],
  );
}

function targetsOf(
  state: State,
  { op, targetNid }: HintRequest,
  src: number,
): readonly (number | null)[] {
  const { nodes } = state.machine;
  const allowed = (nid: number): number | null =>
    nid === src || (state.memsAllowed >>> nid) & 1 ? nid : null;
  if (targetNid !== NID_AUTO) return [allowed(targetNid)];
  if (op === HINT_OP.demote) {
    const lower = nodes[src]?.demotion ?? [];
    return lower.length === 0 ? [null] : [...new Set(lower.map(allowed))];
  }
  if (nodes[src]?.topTier === true) return [src];
  const top = nearestTop(state);
  return [top === null ? null : allowed(top)];
}

/** mm/hbf.c:hbf_nearest_top_node */
function nearestTop({ machine, memsAllowed }: State): number | null {
  const top = machine.nodes.flatMap(({ topTier }, nid) =>
    topTier && (memsAllowed >>> nid) & 1 ? [nid] : [],
  );
  if (top.includes(machine.homeNode)) return machine.homeNode;
  const [only, ...others] = top;
  if (others.length > 0) throw new UnmodelledCallError("which of several top-tier nodes is nearer");
  return only ?? null;
}
