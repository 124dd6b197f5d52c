import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TOPOLOGIES } from "../../../kernel-model/index.ts";
import { requireRoom, requireSnapshotRoom } from "./require-room.ts";

const [TOPOLOGY] = TOPOLOGIES;
if (TOPOLOGY === undefined) throw new Error("the model has no topology");
const topology = TOPOLOGY;
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-room-"));
  await writeFile(join(dir, "initramfs"), "");
  await writeFile(join(dir, "vmlinux"), "");
});
afterEach(() => rm(dir, { recursive: true }));

const room = (sharedBytes = 4096) => {
  const files = { initramfs: join(dir, "initramfs"), vmlinux: join(dir, "vmlinux") };
  return requireRoom({ dir, ...files, topology, sharedBytes });
};

describe("room for a guest", () => {
  test("is there for what is small, and for what is not there", async () => {
    await room();
    await rm(join(dir, "initramfs"));
    await room();
  });

  test("is not there for an initramfs larger than the guest's memory", async () => {
    await truncate(join(dir, "initramfs"), 600 * 1024 ** 2);
    const error = { code: "initramfs-too-large", kind: "user" };
    await expect(room()).rejects.toMatchObject(error);
    await expect(room()).rejects.toThrow("600 MiB, too much for the 512 MiB of node 0");
  });

  test("is not there when the disk is too full for the shared range", async () => {
    await expect(room(2 ** 60)).rejects.toMatchObject({ code: "no-disk-space", kind: "infra" });
  });

  test("is not there for a snapshot when the disk has less than all of its memory", async () => {
    const small = { dir, topology, sharedBytes: 4096 };
    await requireSnapshotRoom(small);
    const [node] = topology.nodes;
    if (node === undefined) throw new Error("the topology has no node");
    const large = { ...topology, nodes: [node, { ...node, memoryMib: 2 ** 40 }] };
    const error = { code: "no-disk-space", kind: "infra" };
    await expect(requireSnapshotRoom({ ...small, topology: large })).rejects.toMatchObject(error);
  });
});
