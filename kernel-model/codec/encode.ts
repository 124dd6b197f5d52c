import type { FieldDef, StructDef } from "../abi/struct.ts";
import { elementSize } from "./layout.ts";
import type { Endian, FieldValue, StructValue } from "./values.ts";

/**
 * The bytes of a struct, `def.size` of them; absent members are zero.
 *
 * Throws RangeError when a value does not fit its member, TypeError when its shape does not.
 */
export function encodeStruct(
  def: StructDef,
  value: StructValue,
  endian: Endian = "little",
): Uint8Array {
  const bytes = new Uint8Array(def.size);
  writeStruct(new DataView(bytes.buffer), 0, def, value, endian === "little");
  return bytes;
}

function writeStruct(
  view: DataView,
  base: number,
  def: StructDef,
  value: StructValue,
  little: boolean,
): void {
  for (const name of Object.keys(value)) {
    if (!def.fields.some((field) => field.name === name)) {
      throw new TypeError(`struct ${def.name} has no member "${name}"`);
    }
  }
  for (const field of def.fields) {
    const given = value[field.name];
    if (given === undefined) continue;
    const elements = field.count === undefined ? [given] : elementsOf(field, given);
    elements.forEach((element, index) => {
      const offset = base + field.offset + index * elementSize(field.type);
      writeElement(view, offset, field, element, little);
    });
  }
}

function elementsOf(field: FieldDef, given: FieldValue): readonly FieldValue[] {
  if (!Array.isArray(given) || given.length !== field.count) {
    throw new TypeError(`member "${field.name}" takes an array of ${field.count}`);
  }
  return given;
}

function writeElement(
  view: DataView,
  offset: number,
  field: FieldDef,
  element: FieldValue,
  little: boolean,
): void {
  if (typeof field.type !== "string") {
    if (typeof element !== "object" || Array.isArray(element)) {
      throw new TypeError(`member "${field.name}" takes a struct`);
    }
    writeStruct(view, offset, field.type, element as StructValue, little);
    return;
  }
  if (typeof element !== "number" && typeof element !== "bigint") {
    throw new TypeError(`member "${field.name}" takes a number`);
  }
  const exact = BigInt(element);
  const [low, high] = RANGE[field.type];
  if (exact < low || exact > high) {
    throw new RangeError(`${exact} does not fit member "${field.name}" (${field.type})`);
  }
  if (field.type === "u64") view.setBigUint64(offset, exact, little);
  else if (field.type === "u32") view.setUint32(offset, Number(exact), little);
  else view.setInt32(offset, Number(exact), little);
}

const RANGE = {
  u32: [0n, 2n ** 32n - 1n],
  s32: [-(2n ** 31n), 2n ** 31n - 1n],
  u64: [0n, 2n ** 64n - 1n],
} as const;
