import { open } from "node:fs/promises";
import { CONTROL_BYTES, encodeControl, type SharedLayout } from "./control-page.ts";

const PAGE = 4096;
const MIB = 1024 * 1024;
const FACTS_BYTES = 64 * 1024;
/** As large as the arena, so that any mapping of device memory fits. */
const SCRATCH_BYTES = 2 * MIB;
/** A result's header; the footer is one. */
const RESULT_BYTES = 32;

/** The parts of a vector set that decide how much room it needs. */
export interface RoomRequest {
  readonly imageBytes: number;
  readonly nrCalls: number;
  /** Sum of all payloads, which bounds what comes back. */
  readonly payloadBytes: number;
}

/** Places image, results, facts and scratch behind the control page. */
export function planShared(request: RoomRequest): SharedLayout {
  const factsOffset = CONTROL_BYTES;
  const imageOffset = factsOffset + FACTS_BYTES;
  const resultsOffset = imageOffset + roundUp(request.imageBytes, PAGE);
  // Each out part is padded to 8 bytes.
  const results = (request.nrCalls + 1) * (RESULT_BYTES + 8) + request.payloadBytes;
  const scratchOffset = roundUp(resultsOffset + results, SCRATCH_BYTES);
  return {
    imageOffset,
    imageBytes: request.imageBytes,
    resultsOffset,
    resultsBytes: scratchOffset - resultsOffset,
    factsOffset,
    factsBytes: FACTS_BYTES,
    scratchOffset,
    scratchBytes: SCRATCH_BYTES,
    totalBytes: scratchOffset + SCRATCH_BYTES,
  };
}

/** Makes the file that backs the range; only what is written takes room on the disk. */
export async function writeShared(
  file: string,
  layout: SharedLayout,
  image: Uint8Array,
): Promise<void> {
  const handle = await open(file, "wx");
  try {
    await handle.truncate(layout.totalBytes);
    await handle.write(encodeControl(layout), 0, CONTROL_BYTES, 0);
    await handle.write(image, 0, image.length, layout.imageOffset);
  } finally {
    await handle.close();
  }
}

/** Reads a part of the file, also while the guest runs. */
export async function readShared(file: string, offset: number, bytes: number): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const part = new Uint8Array(bytes);
    await handle.read(part, 0, bytes, offset);
    return part;
  } finally {
    await handle.close();
  }
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
