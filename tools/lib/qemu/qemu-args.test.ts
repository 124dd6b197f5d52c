import { describe, expect, test } from "vitest";
import { TOPOLOGIES, type Topology } from "../../../kernel-model/index.ts";
import { isRam, planMemory } from "./memory-map.ts";
import { type GuestRequest, kernelCmdline, qemuArgs } from "./qemu-args.ts";

const MIB = 1024 * 1024;

function argsOf(topology: Topology, more: Partial<GuestRequest> = {}): string[] {
  return qemuArgs({
    ...{ vmlinux: "/k/vmlinux", initramfs: "/k/initramfs.cpio", topology, accel: "tcg" },
    ...{ sharedFile: "/run/shared.bin", sharedBytes: 16 * MIB, consoleFile: "/run/console.log" },
    ...more,
  });
}

function topologyNamed(name: string): Topology {
  const found = TOPOLOGIES.find((topology) => topology.name === name);
  if (found === undefined) throw new Error(`no topology ${name}`);
  return found;
}

describe("the command line of QEMU", () => {
  test("two tiers by HMAT", () => {
    expect(argsOf(topologyNamed("two-tiers-hmat"))).toMatchSnapshot();
  });

  test.each(TOPOLOGIES)("$name: no network, no defaults, no reboot", (topology) => {
    const args = argsOf(topology);
    expect(args).toEqual(expect.arrayContaining(["-nodefaults", "-no-user-config", "-no-reboot"]));
    expect(args.join(" ")).not.toMatch(/-net\b|-netdev|-nic|-monitor|-qmp/);
  });

  test("nothing listens, also not the monitor: no port or socket can be in use", () => {
    const args = argsOf(topologyNamed("two-tiers-hmat"), { monitor: "/run/monitor" }).join(" ");
    expect(args).toContain("-chardev pipe,id=monitor,path=/run/monitor");
    expect(args).not.toMatch(/socket|server|tcp:|unix:|telnet|vnc|spice|gdb/);
  });

  test("memory in files is written for a snapshot, and a guest that begins with it has its own", () => {
    const memoryOf = (use: "read" | "write"): string[] => {
      const memoryFiles = { dir: "/run/a,b", use };
      const args = argsOf(topologyNamed("two-tiers-hmat"), { memoryFiles });
      return args.filter((word) => /^memory-backend-.*id=m\d/.test(word));
    };
    const file = (nid: number, share: string) =>
      `memory-backend-file,id=m${nid},size=512M,mem-path=/run/a,,b/memory-${nid},share=${share}`;
    expect(memoryOf("write")).toEqual([file(0, "on"), file(1, "on")]);
    expect(memoryOf("read")).toEqual([file(0, "off"), file(1, "off")]);
  });

  test.each(TOPOLOGIES)(
    "$name: the shared range lies behind all nodes, above 4 GiB",
    (topology) => {
      const map = planMemory(topology, 16 * MIB);
      const ram = topology.nodes.filter(isRam);
      const nodes = ram.reduce((sum, node) => sum + node.memoryMib * MIB, 0);
      expect(map.totalBytes).toBe(nodes + 16 * MIB);
      expect(map.sharedAddress).toBe(4 * 1024 * MIB + nodes - map.lowBytes);
      expect(topology.nodes.map(({ nid }) => nid)).not.toContain(map.sharedNid);
      expect(argsOf(topology)).toContain(`node,nodeid=${map.sharedNid},memdev=shm`);
    },
  );

  test.each(TOPOLOGIES)("$name: each node's memory comes once, from where it says", (topology) => {
    const args = argsOf(topology).join(" ");
    for (const { nid, memoryMib, via = "ram" } of topology.nodes) {
      const backend = `memory-backend-ram,id=m${nid},size=${memoryMib}M`;
      const isThere = memoryMib > 0 && via !== "pc-dimm";
      expect(args.split(backend)).toHaveLength(isThere ? 2 : 1);
      expect(args.includes(`node,nodeid=${nid}`)).toBe(via !== "cxl");
    }
  });

  test("soft-reserved memory is the RAM of its node", () => {
    const topology = topologyNamed("soft-reserved");
    expect(argsOf(topology).join(" ")).toContain(" memmap=512M%0x100000000-1+0xefffffff");
  });

  test("the guest is told to reserve the range that init maps", () => {
    const topology = topologyNamed("one-node");
    const request = {
      ...{ vmlinux: "v", initramfs: "i", topology, accel: "tcg" as const },
      ...{ sharedFile: "s", sharedBytes: 0x1000000, consoleFile: "c", cmdline: ["extra"] },
    };
    const words = kernelCmdline(request, planMemory(topology, 0x1000000)).split(" ");
    expect(words).toContain("memmap=0x1000000$0x100000000");
    expect(words).toContain("rfckit.shm=0x100000000,0x1000000");
    expect(words).toContain("loglevel=5");
    expect(words.at(-1)).toBe("extra");
  });
});
