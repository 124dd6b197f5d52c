import type { NodeDef, Topology } from "../../../kernel-model/index.ts";
import { isRam, type MemoryMap } from "./memory-map.ts";
import type { Qmp } from "./qmp.ts";

const MIB = 1024 ** 2;
/** Address space for devices, behind the RAM. */
const ROOM_MIB = 4096;

/** What `-m` says: with room for memory that is plugged in. */
export function memoryWords(topology: Topology, map: MemoryMap): string {
  const mib = map.totalBytes / MIB;
  if (topology.nodes.every(isRam)) return `${mib}M`;
  return `${mib}M,slots=4,maxmem=${mib + ROOM_MIB}M`;
}

/** What `-machine` says besides. */
export function machineWords({ nodes }: Topology): string[] {
  const has = (via: NodeDef["via"]): boolean => nodes.some((node) => node.via === via);
  const window = ["cxl=on", "cxl-fmw.0.targets.0=cxl.1", "cxl-fmw.0.size=4G"];
  return [...(has("nvdimm") ? ["nvdimm=on"] : []), ...(has("cxl") ? window : [])];
}

/** The devices that hold memory and are there when the machine starts. */
export function deviceArgs({ nodes }: Topology): string[] {
  return nodes.flatMap((node) => {
    const { nid, memoryMib } = node;
    const memory = `memory-backend-ram,id=m${nid},size=${memoryMib}M`;
    switch (node.via) {
      case "nvdimm": {
        const device = `nvdimm,id=d${nid},memdev=m${nid},node=${nid}`;
        return ["-object", memory, "-device", `${device},label-size=128k,unarmed=off`];
      }
      case "virtio-mem": {
        const device = `virtio-mem-pci,id=d${nid},memdev=m${nid},node=${nid}`;
        return ["-object", memory, "-device", `${device},requested-size=${memoryMib}M`];
      }
      case "cxl":
        return cxlArgs(memory, nid);
      default:
        return [];
    }
  });
}

function cxlArgs(memory: string, nid: number): string[] {
  return [
    ...["-object", memory, "-object", `memory-backend-ram,id=lsa${nid},size=1M`],
    ...["-device", "pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1"],
    ...["-device", "cxl-rp,port=0,bus=cxl.1,id=rp0,chassis=0,slot=2"],
    ...["-device", `cxl-type3,bus=rp0,memdev=m${nid},lsa=lsa${nid},id=d${nid}`],
  ];
}

/** Whether memory is plugged in once the guest runs, for which QEMU needs a monitor. */
export function isPluggedLate({ nodes }: Topology): boolean {
  return nodes.some(({ via }) => via === "pc-dimm");
}

/** Plugs in what comes late. @throws ToolError `qmp-failed` (infra) */
export async function plugMemory(qmp: Qmp, { nodes }: Topology): Promise<void> {
  await qmp.execute("qmp_capabilities");
  for (const { nid, memoryMib } of nodes.filter(({ via }) => via === "pc-dimm")) {
    const size = memoryMib * MIB;
    await qmp.execute("object-add", { "qom-type": "memory-backend-ram", id: `m${nid}`, size });
    const device = { driver: "pc-dimm", id: `d${nid}`, memdev: `m${nid}`, node: nid };
    await qmp.execute("device_add", device);
  }
}
