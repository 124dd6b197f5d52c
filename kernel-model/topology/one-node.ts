import type { Topology } from "./topology.ts";

/** The plain machine: one node, one tier. Every node but 0 has no memory. */
export const ONE_NODE: Topology = {
  name: "one-node",
  title: "one node of DRAM, no second tier",
  hmat: false,
  nodes: [
    {
      nid: 0,
      memoryMib: 512,
      cpus: [0, 1],
      initiator: 0,
      performance: { latencyNs: 100, bandwidthMibPerSec: 20 * 1024 },
    },
  ],
};
