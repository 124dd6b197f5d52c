import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAM_MODE, writeCpio } from "../qemu/cpio.ts";
import type { SharedLayout } from "./control-page.ts";
import { readShared } from "./shared-range.ts";

/**
 * How host and guest talk: through memory that both have, or, where QEMU cannot back memory with a
 * file, through a file of the initramfs inwards and a serial port outwards. The second is some
 * hundred times slower, and tells of a crash only what was sent before it.
 */
export type Channel = "memory" | "serial";

/** `FRAME_MAGIC` of tools/guest/port.c. */
const FRAME_MAGIC = 0x52465250;
const FRAME_HEADER_BYTES = 16;

/** The serial channel of one guest. */
export interface SerialChannel {
  /** File that QEMU writes what the guest sends to. */
  readonly portFile: string;
  /** The initramfs with what the guest fills its range with. */
  readonly initramfs: string;
  /** Brings what has arrived into the file of the shared range. */
  pump(): Promise<void>;
}

/** Prepares the channel in the folder of a guest whose shared file is written. */
export async function openSerialChannel(
  dir: string,
  initramfs: string,
  sharedFile: string,
  layout: SharedLayout,
): Promise<SerialChannel> {
  const portFile = join(dir, "port.bin");
  await writeFile(portFile, "");
  const data = await readShared(sharedFile, 0, layout.imageOffset + layout.imageBytes);
  const own = join(dir, "initramfs.cpio");
  // Archives may follow each other: Documentation/driver-api/early-userspace/buffer-format.rst
  const head = writeCpio([{ path: "shared.head", mode: PROGRAM_MODE, data }]);
  await writeFile(own, Buffer.concat([await readFile(initramfs), head]));
  let taken = 0;
  const pump = async (): Promise<void> => {
    const bytes = (await readFile(portFile)).subarray(taken);
    taken += await applyFrames(bytes, sharedFile, layout.totalBytes);
  };
  return { portFile, initramfs: own, pump };
}

/** Writes the complete frames of `bytes` to their places; gives the bytes that they had. */
export async function applyFrames(
  bytes: Uint8Array,
  sharedFile: string,
  totalBytes: number,
): Promise<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const file = await open(sharedFile, "r+");
  let at = 0;
  try {
    while (at + FRAME_HEADER_BYTES <= bytes.length) {
      const length = view.getUint32(at + 4, true);
      const offset = Number(view.getBigUint64(at + 8, true));
      const isFrame = view.getUint32(at, true) === FRAME_MAGIC && offset + length <= totalBytes;
      // What is damaged is not gone on from: the results then lack their footer.
      if (!isFrame || at + FRAME_HEADER_BYTES + length > bytes.length) break;
      await file.write(bytes, at + FRAME_HEADER_BYTES, length, offset);
      at += FRAME_HEADER_BYTES + length;
    }
  } finally {
    await file.close();
  }
  return at;
}
