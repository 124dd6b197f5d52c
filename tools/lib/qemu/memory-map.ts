import type { Topology } from "../../../kernel-model/index.ts";

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
 * The first node fills the RAM below 4 GiB and all others are above it. So the firmware's ACPI
 * tables and the initramfs, which QEMU puts at the top of the low RAM, are in the first node: not
 * in a slow one, and not in the shared range, which is the last.
 */
export function planMemory(topology: Topology, sharedBytes: number): MemoryMap {
  const sizes = topology.nodes.map((node) => node.memoryMib * MIB);
  const nodesBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const lowBytes = sizes[0] ?? 0;
  return {
    lowBytes,
    totalBytes: nodesBytes + sharedBytes,
    sharedNid: Math.max(...topology.nodes.map((node) => node.nid)) + 1,
    sharedAddress: HIGH_BASE + nodesBytes - lowBytes,
    sharedBytes,
  };
}
