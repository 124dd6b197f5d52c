import type { Call } from "../../machine/calls.ts";
import { X86_64 } from "../../machine/platform.ts";
import { crc32 } from "./crc32.ts";
import {
  IMAGE_HEADER_SIZE,
  IMAGE_MAGIC,
  IMAGE_VERSION,
  padded,
  RECORD_HEADER_SIZE,
} from "./format.ts";
import { WIRE_OPS } from "./vocabulary.ts";

/** A file of vectors that can't be used; the message says what is wrong and where. */
export class ImageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ImageError";
  }
}

/** The calls of a file of vectors. */
export interface DecodedImage {
  readonly seed: number;
  /** For each vector its calls. */
  readonly programs: readonly (readonly Call[])[];
}

/**
 * Reads what `encodeImage` wrote.
 *
 * Throws ImageError for another file, another version or size of pages, a file that was cut off or
 * damaged, and a call that this version doesn't know.
 */
export function decodeImage(bytes: Uint8Array): DecodedImage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, IMAGE_MAGIC.length));
  if (magic !== IMAGE_MAGIC) throw new ImageError("it is no file of vectors");
  if (bytes.length < IMAGE_HEADER_SIZE) throw new ImageError("it ends within its header");
  const version = view.getUint32(8, true);
  if (version !== IMAGE_VERSION) {
    throw new ImageError(`it is of version ${version}, and only ${IMAGE_VERSION} is known`);
  }
  checkHeader(bytes, view);
  const [nrVectors, nrRecords] = [view.getUint32(12, true), view.getUint32(16, true)];
  // Checked before room is made for them.
  if (nrVectors > nrRecords) throw new ImageError("it has more vectors than calls");
  const programs: Call[][] = Array.from({ length: nrVectors }, () => []);
  let at = IMAGE_HEADER_SIZE;
  for (let record = nrRecords; record > 0; record -= 1) {
    const end = at + RECORD_HEADER_SIZE;
    if (end > bytes.length) throw new ImageError(`it has too few calls, at byte ${at}`);
    const next = end + padded(view.getUint32(at + 8, true));
    if (next > bytes.length) throw new ImageError(`a call's argument is cut off, at byte ${at}`);
    const program = programs[view.getUint32(at, true)];
    if (program === undefined) throw new ImageError(`a call is of no vector, at byte ${at}`);
    program.push(readCall(bytes, view, at));
    at = next;
  }
  if (at !== bytes.length) throw new ImageError(`it has something behind its calls, at byte ${at}`);
  const empty = programs.findIndex((calls) => calls.length === 0);
  if (empty !== -1) throw new ImageError(`vector ${empty} has no call`);
  return { seed: Number(view.getBigUint64(24, true)), programs };
}

function checkHeader(bytes: Uint8Array, view: DataView): void {
  const size = IMAGE_HEADER_SIZE + view.getUint32(20, true);
  if (bytes.length < size) throw new ImageError(`it ends at byte ${bytes.length} of ${size}`);
  if (bytes.length > size) throw new ImageError(`it goes on behind its end, at byte ${size}`);
  if (crc32(bytes.subarray(IMAGE_HEADER_SIZE)) !== view.getUint32(36, true)) {
    throw new ImageError("its checksum is wrong");
  }
  const pageSize = view.getUint32(32, true);
  if (pageSize !== X86_64.pageSize) {
    throw new ImageError(`it is for pages of ${pageSize} bytes, and not ${X86_64.pageSize}`);
  }
}

function readCall(bytes: Uint8Array, view: DataView, at: number): Call {
  const nr = view.getUint16(at + 6, true);
  const found = Object.entries(WIRE_OPS).find(([, op]) => op.nr === nr);
  if (found === undefined) throw new ImageError(`it has a call of number ${nr}, at byte ${at}`);
  const [op, { args }] = found;
  const members = args.map((name, index) => {
    const value = view.getBigUint64(at + 16 + index * 8, true);
    if (name === "pointer") return [name, value] as const;
    return [name, Number(name === "nid" ? BigInt.asIntN(64, value) : value)] as const;
  });
  const start = at + RECORD_HEADER_SIZE;
  const payload = bytes.slice(start, start + view.getUint32(at + 8, true));
  const call = { op, ...Object.fromEntries(members), ...(op === "ioctl" ? { payload } : {}) };
  return call as unknown as Call;
}
