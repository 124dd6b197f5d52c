/** `"RFCKVEC1"`: the first eight bytes of a vector image. */
export const IMAGE_MAGIC = "RFCKVEC1";
export const IMAGE_VERSION = 1;
export const IMAGE_HEADER_SIZE = 64;
export const RECORD_HEADER_SIZE = 64;
export const RESULT_HEADER_SIZE = 32;
/** Records and results are padded to this many bytes. */
export const WIRE_ALIGNMENT = 8;

/** `step` and `op` of the footer. */
export const FOOTER_MARK = 0xffff;
/** `digest` of the footer: the bytes "RFKFOOTE" read from the highest on. */
export const FOOTER_DIGEST = 0x52464b464f4f5445n;

/** One member of a header on the wire. */
export interface WireMember {
  readonly name: string;
  readonly type: "u8" | "u16" | "u32" | "u64" | "s64";
  readonly count?: number;
  readonly offset: number;
}

/** The layout of the image header. */
export const IMAGE_HEADER: readonly WireMember[] = [
  { name: "magic", type: "u8", count: 8, offset: 0 },
  { name: "version", type: "u32", offset: 8 },
  { name: "nr_vectors", type: "u32", offset: 12 },
  { name: "nr_records", type: "u32", offset: 16 },
  { name: "body_bytes", type: "u32", offset: 20 },
  { name: "seed", type: "u64", offset: 24 },
  { name: "page_size", type: "u32", offset: 32 },
  { name: "body_crc", type: "u32", offset: 36 },
  { name: "zero", type: "u8", count: 24, offset: 40 },
];

/** Set in `task` of a record when that task has an address space of its own. */
export const TASK_IS_PROCESS = 0x100;

/** The layout of a call record; its payload follows. `task` 0 is init itself. */
export const RECORD_HEADER: readonly WireMember[] = [
  { name: "vector", type: "u32", offset: 0 },
  { name: "step", type: "u16", offset: 4 },
  { name: "op", type: "u16", offset: 6 },
  { name: "payload_len", type: "u32", offset: 8 },
  { name: "task", type: "u32", offset: 12 },
  { name: "arg", type: "u64", count: 6, offset: 16 },
];

/** The layout of a result, and of the footer; the out bytes follow. */
export const RESULT_HEADER: readonly WireMember[] = [
  { name: "vector", type: "u32", offset: 0 },
  { name: "step", type: "u16", offset: 4 },
  { name: "op", type: "u16", offset: 6 },
  { name: "ret", type: "s64", offset: 8 },
  { name: "out_len", type: "u32", offset: 16 },
  { name: "sum", type: "u32", offset: 20 },
  { name: "digest", type: "u64", offset: 24 },
];

/** Bytes with their padding. */
export function padded(length: number): number {
  return Math.ceil(length / WIRE_ALIGNMENT) * WIRE_ALIGNMENT;
}
