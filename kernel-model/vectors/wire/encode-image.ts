import type { Endian } from "../../codec/values.ts";
import { argumentBytes } from "../../machine/argument-bytes.ts";
import type { Call } from "../../machine/calls.ts";
import { type Platform, X86_64 } from "../../machine/platform.ts";
import { crc32 } from "./crc32.ts";
import {
  IMAGE_HEADER_SIZE,
  IMAGE_MAGIC,
  IMAGE_VERSION,
  padded,
  RECORD_HEADER_SIZE,
} from "./format.ts";
import { WIRE_OPS, wireArgs } from "./vocabulary.ts";

/** What init is given to carry out: calls, and for calls made at once the task of each. */
export interface ImageRequest {
  /** Unsigned 32 bits. */
  readonly seed: number;
  readonly vectors: readonly {
    readonly calls: readonly Call[];
    readonly tasks?: readonly number[];
  }[];
  /** What the runner was compiled for; x86-64 unless told. */
  readonly platform?: Platform;
}

/** The runner's input: all calls of all vectors. Same set, same bytes. */
export function encodeImage({ seed, vectors, platform = X86_64 }: ImageRequest): Uint8Array {
  const { byteOrder } = platform;
  const little = byteOrder === "little";
  const calls = vectors.flatMap((vector) => vector.calls);
  const body = calls.reduce(
    (sum, call) => sum + RECORD_HEADER_SIZE + padded(payload(call).length),
    0,
  );
  const image = new Uint8Array(IMAGE_HEADER_SIZE + body);
  const view = new DataView(image.buffer);
  let offset = IMAGE_HEADER_SIZE;
  vectors.forEach((vector, index) => {
    vector.calls.forEach((call, step) => {
      offset = writeRecord(image, view, offset, {
        ...{ call, vector: index, step, byteOrder },
        task: vector.tasks?.[step] ?? 0,
      });
    });
  });
  image.set(Array.from(IMAGE_MAGIC, (character) => character.charCodeAt(0)));
  view.setUint32(8, IMAGE_VERSION, little);
  view.setUint32(12, vectors.length, little);
  view.setUint32(16, calls.length, little);
  view.setUint32(20, body, little);
  view.setBigUint64(24, BigInt(seed), little);
  view.setUint32(32, platform.pageSize, little);
  view.setUint32(36, crc32(image.subarray(IMAGE_HEADER_SIZE)), little);
  return image;
}

const NO_PAYLOAD = new Uint8Array(0);

function payload(call: Call): Uint8Array {
  return call.op === "ioctl" ? call.payload : NO_PAYLOAD;
}

interface Record {
  readonly call: Call;
  readonly vector: number;
  readonly step: number;
  readonly task: number;
  readonly byteOrder: Endian;
}

function writeRecord(image: Uint8Array, view: DataView, at: number, record: Record): number {
  const { call, byteOrder } = record;
  const little = byteOrder === "little";
  const bytes = call.op === "ioctl" ? argumentBytes(call, byteOrder) : NO_PAYLOAD;
  view.setUint32(at, record.vector, little);
  view.setUint16(at + 4, record.step, little);
  view.setUint16(at + 6, WIRE_OPS[call.op].nr, little);
  view.setUint32(at + 8, bytes.length, little);
  view.setUint32(at + 12, record.task, little);
  wireArgs(call).forEach((value, index) => {
    view.setBigUint64(at + 16 + index * 8, BigInt.asUintN(64, BigInt(value)), little);
  });
  image.set(bytes, at + RECORD_HEADER_SIZE);
  return at + RECORD_HEADER_SIZE + padded(bytes.length);
}
