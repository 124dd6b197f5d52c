import { CPU_NODE, HAS_MEMORY, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** Memory that the firmware sets aside for a purpose: no user space is needed to take it up. */
export const SOFT_RESERVED: Topology = {
  name: "soft-reserved",
  title: "node 1 soft-reserved, taken up by dax_hmem and kmem; no HMAT",
  hmat: false,
  nodes: [CPU_NODE, memoryNode(1, SLOW, "soft-reserved")],
  fragments: ["memory-devices"],
  setup: [{ wait: "0-1", path: HAS_MEMORY }],
};
