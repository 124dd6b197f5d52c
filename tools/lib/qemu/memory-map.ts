import type { NodeDef, Topology } from "../../../kernel-model/index.ts";
import type { MachineDef } from "../arch/architecture.ts";
import { X86 } from "../arch/registry.ts";

const MIB = 1024 * 1024;
/** q35 puts RAM that does not fit below the limit from here on. */
const HIGH_BASE = 0x1_0000_0000;

/** Where the RAM of a guest is, in physical addresses. */
export interface MemoryMap {
  /** Bytes below 4 GiB; the first node's. */
  readonly lowBytes: number;
  /** All RAM, the shared range included. */
  readonly totalBytes: number;
  /** Node id that QEMU gives the shared range; the guest sees no memory on it. */
  readonly sharedNid: number;
  readonly sharedAddress: number;
  readonly sharedBytes: number;
}

/**
 * Places the nodes of a topology and the range that host and guest share.
 *
 * On q35 the first node fills the RAM below 4 GiB and all others are above it. So the firmware's
 * ACPI tables and the initramfs, which QEMU puts at the top of the low RAM, are in the first node:
 * not in a slow one, and not in the shared range, which is the last. On other machines RAM is in
 * one piece. Memory that comes as a device is not RAM, and QEMU places it.
 */
export function planMemory(
  topology: Topology,
  sharedBytes: number,
  { shared, ramBase }: MachineDef = X86.machine,
): MemoryMap {
  const sizes = topology.nodes.map((node) => (isRam(node) ? node.memoryMib * MIB : 0));
  const nodesBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const lowBytes = sizes[0] ?? 0;
  return {
    lowBytes,
    totalBytes: nodesBytes + sharedBytes,
    sharedNid: Math.max(...topology.nodes.filter(isRam).map((node) => node.nid)) + 1,
    sharedAddress:
      shared === "reserved-node" ? HIGH_BASE + nodesBytes - lowBytes : ramBase + nodesBytes,
    sharedBytes,
  };
}

/** Whether QEMU is told of the node: not of that of a CXL device, which the kernel makes. */
export function isNamed({ via = "ram" }: NodeDef): boolean {
  return via !== "cxl";
}

/** Whether a node's memory is there when the machine starts, in one piece with the other RAM. */
export function isRam({ via = "ram" }: NodeDef): boolean {
  return via === "ram" || via === "soft-reserved";
}

/** Physical address at which the RAM of a node begins, on q35. */
export function ramAddress(topology: Topology, nid: number): number {
  const before = topology.nodes.slice(1).filter((node) => isRam(node) && node.nid < nid);
  return HIGH_BASE + before.reduce((sum, { memoryMib }) => sum + memoryMib * MIB, 0);
}
