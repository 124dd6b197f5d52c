import { CPU_NODE, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** A CXL Type-3 device with volatile memory. */
export const CXL_VOLATILE: Topology = {
  name: "cxl-volatile",
  title: "node 2 a volatile CXL Type-3 device",
  hmat: false,
  nodes: [CPU_NODE, { ...memoryNode(2, SLOW, "cxl"), memoryMib: 256 }],
  fragments: ["memory-devices"],
  needsQemu: { version: "8.1", why: "cxl-type3 has no volatile-memdev before" },
};
