import { open } from "node:fs/promises";
import type { Topology } from "../../../kernel-model/index.ts";
import type { Architecture } from "../arch/architecture.ts";
import {
  CONTROL_BYTES,
  encodeControl,
  HOST_BYTES,
  type Orders,
  type SharedLayout,
} from "./control-page.ts";

/** The largest of a guest: it maps the parts one by one. */
const PAGE = 64 * 1024;
const MIB = 1024 * 1024;
/** Ranges have few sizes, so that one snapshot of a guest serves many sets of vectors. */
const MIN_TOTAL_BYTES = 32 * MIB;
export const FACTS_BYTES = 64 * 1024;
/** Of the scratch range: a power of two at least as large as this. */
const SCRATCH_BYTES = 2 * MIB;
/** Pages that a mapping of device memory may have: those of the arena. */
const SCRATCH_PAGES = 512;
/** A result's header; the footer is one. */
const RESULT_BYTES = 32;
/** For what gcov counted, or what kmemleak found. */
const EXTRAS_BYTES = 2 * MIB;
/** For init's own code. */
const CODE_BYTES = 256 * 1024;

/** The parts of a vector set that decide how much room it needs. */
export interface RoomRequest {
  readonly imageBytes: number;
  readonly nrCalls: number;
  /** What may come back from all calls. */
  readonly outBytes: number;
  /** How often each call may be carried out; once unless told. */
  readonly rounds?: number;
  /** Of the guest; 4 KiB unless told. */
  readonly pageSize?: number;
}

/** Where in its file the range is, and how numbers are written in it. */
export interface SharedPlace {
  /** Bytes before it. */
  readonly base: number;
  readonly little: boolean;
}

const AT_START: SharedPlace = { base: 0, little: true };

/** The place that an architecture gives the range. */
export function placeOf({ machine, platform }: Architecture, topology: Topology): SharedPlace {
  const bytes = topology.nodes.reduce((sum, { memoryMib }) => sum + memoryMib * MIB, 0);
  const base = machine.shared === "end-of-memory" ? bytes : 0;
  return { base, little: platform.byteOrder === "little" };
}

/** Places image, results, facts and scratch behind the control page. */
export function planShared(request: RoomRequest): SharedLayout {
  const factsOffset = CONTROL_BYTES;
  const imageOffset = roundUp(factsOffset + FACTS_BYTES, PAGE);
  const resultsOffset = imageOffset + roundUp(request.imageBytes, PAGE);
  // Each out part is padded to 8 bytes.
  const once = (request.nrCalls + 1) * (RESULT_BYTES + 8) + request.outBytes;
  const results = once * (request.rounds ?? 1);
  const scratchOffset = roundUp(resultsOffset + results, SCRATCH_BYTES);
  const scratchBytes = SCRATCH_PAGES * (request.pageSize ?? 4096);
  const extrasOffset = scratchOffset + scratchBytes;
  const codeOffset = extrasOffset + EXTRAS_BYTES;
  return {
    imageOffset,
    imageBytes: request.imageBytes,
    resultsOffset,
    resultsBytes: scratchOffset - resultsOffset,
    factsOffset,
    factsBytes: FACTS_BYTES,
    scratchOffset,
    scratchBytes,
    extrasOffset,
    extrasBytes: EXTRAS_BYTES,
    codeOffset,
    codeBytes: CODE_BYTES,
    totalBytes: Math.max(MIN_TOTAL_BYTES, 2 ** Math.ceil(Math.log2(codeOffset + CODE_BYTES))),
  };
}

/**
 * Makes the file that backs the range; only what is written takes room on the disk.
 *
 * @param head control page and facts of a guest that goes on from a snapshot
 */
export async function writeShared(
  file: string,
  layout: SharedLayout,
  image: Uint8Array,
  orders: Orders,
  head: Uint8Array = new Uint8Array(),
  place: SharedPlace = AT_START,
): Promise<void> {
  const handle = await open(file, "wx");
  const hostBytes = head.length === 0 ? CONTROL_BYTES : HOST_BYTES;
  try {
    const { base, little } = place;
    await handle.truncate(base + layout.totalBytes);
    await handle.write(head, 0, head.length, base);
    await handle.write(encodeControl(layout, orders, little), 0, hostBytes, base);
    await handle.write(image, 0, image.length, base + layout.imageOffset);
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
