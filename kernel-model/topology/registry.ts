import { ONE_NODE } from "./one-node.ts";
import type { Topology } from "./topology.ts";
import { TWO_TIERS_HMAT } from "./two-tiers-hmat.ts";

/** Every topology, the default first. A new one is a file and a line here. */
export const TOPOLOGIES: readonly Topology[] = [TWO_TIERS_HMAT, ONE_NODE];

/** The topology of that name, or undefined. */
export function findTopology(name: string): Topology | undefined {
  return TOPOLOGIES.find((topology) => topology.name === name);
}
