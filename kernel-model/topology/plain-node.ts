import { CPU_NODE, DRAM, memoryNode } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** A memory-only node that nobody calls slow: distance alone makes no tier. */
export const PLAIN_NODE: Topology = {
  name: "plain-node",
  title: "node 0 DRAM with CPUs, node 1 memory-only; no HMAT, so one tier",
  hmat: false,
  nodes: [CPU_NODE, memoryNode(1, DRAM)],
};
