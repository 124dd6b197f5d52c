import { CPU_NODE, HAS_MEMORY, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** As soft-reserved, and HMAT says how slow. */
export const SOFT_RESERVED_HMAT: Topology = {
  name: "soft-reserved-hmat",
  title: "node 1 soft-reserved, taken up by dax_hmem and kmem, slow by HMAT",
  hmat: true,
  nodes: [CPU_NODE, memoryNode(1, SLOW, "soft-reserved")],
  fragments: ["memory-devices"],
  setup: [{ wait: "0-1", path: HAS_MEMORY }],
};
