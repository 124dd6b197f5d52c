import { CXL_PMEM } from "./cxl-pmem.ts";
import { CXL_VOLATILE } from "./cxl-volatile.ts";
import { MEMORYLESS_NODE } from "./memoryless-node.ts";
import { NVDIMM_KMEM } from "./nvdimm-kmem.ts";
import { ONE_NODE } from "./one-node.ts";
import { PC_DIMM_HOT } from "./pc-dimm-hot.ts";
import { PLAIN_NODE } from "./plain-node.ts";
import { SOFT_RESERVED } from "./soft-reserved.ts";
import { SOFT_RESERVED_HMAT } from "./soft-reserved-hmat.ts";
import { THREE_TIERS_HMAT } from "./three-tiers-hmat.ts";
import type { Topology } from "./topology.ts";
import { TWO_TIERS_HMAT } from "./two-tiers-hmat.ts";
import { VIRTIO_MEM } from "./virtio-mem.ts";

/** Every topology, the default first. A new one is a file and a line here. */
export const TOPOLOGIES: readonly Topology[] = [
  TWO_TIERS_HMAT,
  ONE_NODE,
  PLAIN_NODE,
  THREE_TIERS_HMAT,
  MEMORYLESS_NODE,
  SOFT_RESERVED,
  SOFT_RESERVED_HMAT,
  NVDIMM_KMEM,
  PC_DIMM_HOT,
  VIRTIO_MEM,
  CXL_PMEM,
  CXL_VOLATILE,
];

/** The topology of that name, or undefined. */
export function findTopology(name: string): Topology | undefined {
  return TOPOLOGIES.find((topology) => topology.name === name);
}
