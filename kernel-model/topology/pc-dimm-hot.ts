import { CPU_NODE, HAS_MEMORY, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/**
 * A DIMM that is plugged in late. One that is there from the start counts as DRAM whatever HMAT
 * says: it is online before HMAT has registered its algorithm
 * (drivers/acpi/numa/hmat.c:hmat_init @ 6.12.117).
 */
export const PC_DIMM_HOT: Topology = {
  name: "pc-dimm-hot",
  title: "node 2 a DIMM that is plugged in while the guest runs, slow by HMAT",
  hmat: true,
  nodes: [CPU_NODE, memoryNode(2, SLOW, "pc-dimm")],
  fragments: ["memory-devices"],
  setup: [{ wait: "0,2", path: HAS_MEMORY }],
};
