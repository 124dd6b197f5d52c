import type { NodeDef, NodePerformance, SetupStep } from "./topology.ts";

/** DRAM, as all topologies tell it. */
export const DRAM: NodePerformance = { latencyNs: 100, bandwidthMibPerSec: 20 * 1024 };
/** Ten times slower at half the rate: tier 90. */
export const SLOW: NodePerformance = { latencyNs: 1000, bandwidthMibPerSec: 10 * 1024 };
/** Twice as fast at twice the rate: tier 1. */
export const FAST: NodePerformance = { latencyNs: 50, bandwidthMibPerSec: 40 * 1024 };

/** Node 0: DRAM with two CPUs. */
export const CPU_NODE: NodeDef = {
  ...{ nid: 0, memoryMib: 512, cpus: [0, 1], initiator: 0, performance: DRAM },
};

/** A memory-only node of 512 MiB. */
export function memoryNode(
  nid: number,
  performance: NodePerformance,
  via: NodeDef["via"] = "ram",
): NodeDef {
  return { nid, memoryMib: 512, cpus: [], initiator: 0, performance, via };
}

/** The file that names the nodes with memory. */
export const HAS_MEMORY = "/sys/devices/system/node/has_memory";
/** Any UUID does: nothing else is on the bus. */
const UUID = "5a0b1b1e-6f0c-4c8e-9d0b-5d3c2a1f0e01";
const ND = "/sys/bus/nd";

/**
 * The steps that make a DAX device of a namespace and memory of that, and wait until the nodes
 * `nodes` have memory. drivers/nvdimm/dax_devs.c, drivers/dax/kmem.c @ 6.12.117
 */
export function daxSteps(nodes: string): readonly SetupStep[] {
  const seed = `${ND}/devices/$D`;
  return [
    { read: "D", path: `${ND}/devices/region0/dax_seed` },
    { write: UUID, path: `${seed}/uuid` },
    { write: "2097152", path: `${seed}/align` },
    { write: "ram", path: `${seed}/mode` },
    { write: "namespace0.0", path: `${seed}/namespace` },
    { write: "$D", path: `${ND}/drivers/dax_pmem/bind` },
    { write: "dax0.0", path: "/sys/bus/dax/drivers/device_dax/unbind" },
    { write: "dax0.0", path: "/sys/bus/dax/drivers/kmem/new_id" },
    { wait: nodes, path: HAS_MEMORY },
  ];
}
