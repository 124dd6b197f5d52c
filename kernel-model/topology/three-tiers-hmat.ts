import { CPU_NODE, FAST, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** A node that is faster than DRAM is above it, and top tier though it has no CPU. */
export const THREE_TIERS_HMAT: Topology = {
  name: "three-tiers-hmat",
  title: "node 0 DRAM with CPUs, node 1 slow, node 2 fast, both memory-only by HMAT",
  hmat: true,
  nodes: [CPU_NODE, memoryNode(1, SLOW), memoryNode(2, FAST)],
};
