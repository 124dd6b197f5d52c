import { CPU_NODE, HAS_MEMORY, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

/** Memory that the guest's driver adds block by block once it runs. */
export const VIRTIO_MEM: Topology = {
  name: "virtio-mem",
  title: "node 2 plugged in by virtio-mem, slow by HMAT",
  hmat: true,
  nodes: [CPU_NODE, memoryNode(2, SLOW, "virtio-mem")],
  fragments: ["memory-devices"],
  setup: [{ wait: "0,2", path: HAS_MEMORY }],
};
