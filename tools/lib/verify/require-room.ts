import { stat } from "node:fs/promises";
import type { Topology } from "../../../kernel-model/index.ts";
import { ToolError } from "../error.ts";
import { requireFreeSpace } from "../fs/disk-space.ts";

/** What a guest is given, and where its files go. */
export interface RoomOfGuest {
  readonly dir: string;
  readonly initramfs: string;
  readonly vmlinux: string;
  readonly topology: Topology;
  readonly sharedBytes: number;
}

const MIB = 1024 ** 2;
/** Kernel and initramfs are in the first node's memory twice: as loaded, and unpacked. */
const TIMES_IN_MEMORY = 2;

/**
 * Asserts that a guest has room before it is started: QEMU itself would end without a clear word,
 * or be killed by the host when the file behind the shared range cannot grow.
 *
 * @throws ToolError `initramfs-too-large` (user), `no-disk-space` (infra)
 */
export async function requireRoom(guest: RoomOfGuest): Promise<void> {
  const memory = (guest.topology.nodes[0]?.memoryMib ?? 0) * MIB;
  const bytes = (await sizeOf(guest.initramfs)) + (await sizeOf(guest.vmlinux));
  if (bytes * TIMES_IN_MEMORY > memory) {
    const mib = Math.ceil(bytes / MIB);
    throw new ToolError(
      `kernel and initramfs have ${mib} MiB, too much for the ${memory / MIB} MiB of node 0`,
      { kind: "user", code: "initramfs-too-large", hints: ["rfckit verify --build fast"] },
    );
  }
  await requireFreeSpace(guest.dir, guest.sharedBytes);
}

/**
 * Asserts that a snapshot has room before its guest is started: the memory of each node is a file,
 * which grows to all of it at most, and a page of it that has no room kills QEMU.
 *
 * @throws ToolError `no-disk-space` (infra)
 */
export async function requireSnapshotRoom(
  guest: Pick<RoomOfGuest, "dir" | "topology" | "sharedBytes">,
): Promise<void> {
  const memoryMib = guest.topology.nodes.reduce((sum, node) => sum + node.memoryMib, 0);
  await requireFreeSpace(guest.dir, guest.sharedBytes + memoryMib * MIB);
}

/** 0 for a file that is not there: QEMU says so best. */
async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
