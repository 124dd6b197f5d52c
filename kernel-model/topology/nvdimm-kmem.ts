import { CPU_NODE, daxSteps, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** Persistent memory turned into a DAX device, and that into memory, by sysfs alone. */
export const NVDIMM_KMEM: Topology = {
  name: "nvdimm-kmem",
  title: "node 2 an NVDIMM that becomes a DAX device, taken up by kmem; no HMAT",
  hmat: false,
  nodes: [CPU_NODE, memoryNode(2, SLOW, "nvdimm")],
  fragments: ["memory-devices"],
  setup: [
    { write: "namespace0.0", path: "/sys/bus/nd/drivers/nd_pmem/unbind" },
    ...daxSteps("0,2"),
  ],
};
