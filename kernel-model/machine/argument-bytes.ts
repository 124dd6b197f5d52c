import { argumentStruct } from "../abi/ioctls/registry.ts";
import type { StructDef } from "../abi/struct.ts";
import { elementSize } from "../codec/layout.ts";
import type { Endian } from "../codec/values.ts";
import type { IoctlCall } from "./calls.ts";

/**
 * What a machine of that byte order has in memory as the argument of a call.
 *
 * A vector holds the argument as a little-endian machine has it. On a big-endian one its scalars
 * are turned round; bytes beyond the struct, and a scalar that the payload holds in part, are what
 * they are on both.
 */
export function argumentBytes(call: IoctlCall, byteOrder: Endian): Uint8Array {
  return byteOrder === "little"
    ? call.payload
    : turnScalars(argumentStruct(call.cmd), call.payload);
}

/** The bytes with each scalar of the struct that they hold whole turned round: its own inverse. */
export function turnScalars(def: StructDef, bytes: Uint8Array): Uint8Array {
  const turned = bytes.slice();
  for (const { offset, size } of scalarsOf(def)) {
    if (offset + size <= turned.length) turned.subarray(offset, offset + size).reverse();
  }
  return turned;
}

interface Scalar {
  readonly offset: number;
  readonly size: number;
}

const KNOWN = new Map<StructDef, readonly Scalar[]>();

function scalarsOf(def: StructDef): readonly Scalar[] {
  const scalars = KNOWN.get(def) ?? listScalars(def, 0);
  KNOWN.set(def, scalars);
  return scalars;
}

function listScalars(def: StructDef, base: number): readonly Scalar[] {
  return def.fields.flatMap(({ type, offset, count = 1 }) =>
    Array.from({ length: count }, (_, index) => {
      const at = base + offset + index * elementSize(type);
      return typeof type === "string"
        ? [{ offset: at, size: elementSize(type) }]
        : listScalars(type, at);
    }).flat(),
  );
}
