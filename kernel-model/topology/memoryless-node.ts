import { CPU_NODE, DRAM, memoryNode } from "./nodes.ts";
import type { NodeDef, Topology } from "./topology.ts";

/** Online because of its CPU, and yet without memory. */
const ONLY_CPU: NodeDef = { ...CPU_NODE, nid: 1, memoryMib: 0, cpus: [1], initiator: 1 };

/** A node that is online is not one that has memory: the row of N_MEMORY tells them apart. */
export const MEMORYLESS_NODE: Topology = {
  name: "memoryless-node",
  title: "node 0 DRAM with a CPU, node 1 a CPU without memory, node 2 memory-only; no HMAT",
  hmat: false,
  nodes: [{ ...CPU_NODE, cpus: [0] }, ONLY_CPU, memoryNode(2, DRAM)],
};
