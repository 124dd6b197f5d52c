import { CPU_NODE, daxSteps, memoryNode, SLOW } from "./nodes.ts";
import type { Topology } from "./topology.ts";

const CXL = "/sys/bus/cxl/devices";
const NAMESPACE = "/sys/bus/nd/devices/namespace0.0";
const BYTES = "0x10000000";

/**
 * A CXL Type-3 device, persistent because QEMU 7.2 has no other, taken up by sysfs alone. Its node
 * is the first that the firmware has not named: drivers/acpi/numa/srat.c:acpi_parse_cfmws
 * @ 6.12.117
 */
export const CXL_PMEM: Topology = {
  name: "cxl-pmem",
  title: "node 2 a persistent CXL Type-3 device, taken up by kmem",
  hmat: false,
  nodes: [CPU_NODE, { ...memoryNode(2, SLOW, "cxl"), memoryMib: 256 }],
  fragments: ["memory-devices"],
  setup: [
    { read: "R", path: `${CXL}/decoder0.0/create_pmem_region` },
    { write: "$R", path: `${CXL}/decoder0.0/create_pmem_region` },
    { write: "256", path: `${CXL}/$R/interleave_granularity` },
    { write: "1", path: `${CXL}/$R/interleave_ways` },
    { write: "5a0b1b1e-6f0c-4c8e-9d0b-5d3c2a1f0e02", path: `${CXL}/$R/uuid` },
    { write: BYTES, path: `${CXL}/$R/size` },
    { write: "pmem", path: `${CXL}/decoder2.0/mode` },
    { write: BYTES, path: `${CXL}/decoder2.0/dpa_size` },
    { write: "decoder2.0", path: `${CXL}/$R/target0` },
    { write: "1", path: `${CXL}/$R/commit` },
    { write: "$R", path: "/sys/bus/cxl/drivers/cxl_region/bind" },
    { write: "5a0b1b1e-6f0c-4c8e-9d0b-5d3c2a1f0e03", path: `${NAMESPACE}/uuid` },
    { write: BYTES, path: `${NAMESPACE}/size` },
    ...daxSteps("0,2"),
  ],
};
