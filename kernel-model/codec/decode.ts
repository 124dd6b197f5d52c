import type { FieldDef, ScalarType, StructDef } from "../abi/struct.ts";
import { elementSize, fieldSize } from "./layout.ts";
import type { Endian, FieldValue, StructValue } from "./values.ts";

/**
 * The values of a struct, or of its prefix: members that `bytes` doesn't hold whole are left out,
 * bytes beyond the struct are not looked at.
 */
export function decodeStruct(
  def: StructDef,
  bytes: Uint8Array,
  endian: Endian = "little",
): StructValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readStruct(view, 0, def, endian === "little");
}

function readStruct(view: DataView, base: number, def: StructDef, little: boolean): StructValue {
  const value: Record<string, FieldValue> = {};
  for (const field of def.fields) {
    const offset = base + field.offset;
    if (offset + fieldSize(field) > view.byteLength) continue;
    value[field.name] = readField(view, offset, field, little);
  }
  return value;
}

function readField(view: DataView, offset: number, field: FieldDef, little: boolean): FieldValue {
  const { type, count } = field;
  const read = (at: number): FieldValue =>
    typeof type === "string"
      ? readScalar(view, at, type, little)
      : readStruct(view, at, type, little);
  if (count === undefined) return read(offset);
  return Array.from({ length: count }, (_, index) => read(offset + index * elementSize(type)));
}

function readScalar(
  view: DataView,
  offset: number,
  type: ScalarType,
  little: boolean,
): number | bigint {
  if (type === "u64") return view.getBigUint64(offset, little);
  return type === "u32" ? view.getUint32(offset, little) : view.getInt32(offset, little);
}
