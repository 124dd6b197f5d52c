import type { Topology } from "./topology.ts";

/** DRAM with two CPUs, and a memory-only node that HMAT calls ten times slower at half the rate. */
export const TWO_TIERS_HMAT: Topology = {
  name: "two-tiers-hmat",
  title: "node 0 DRAM with CPUs, node 1 memory-only and slow by HMAT",
  hmat: true,
  nodes: [
    {
      nid: 0,
      memoryMib: 512,
      cpus: [0, 1],
      initiator: 0,
      performance: { latencyNs: 100, bandwidthMibPerSec: 20 * 1024 },
    },
    {
      nid: 1,
      memoryMib: 512,
      cpus: [],
      initiator: 0,
      performance: { latencyNs: 1000, bandwidthMibPerSec: 10 * 1024 },
    },
  ],
};
