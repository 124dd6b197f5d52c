import type { FieldDef, ScalarType, StructDef } from "../abi/struct.ts";

/** Alignment of a 64-bit member inside a struct: 8 on most, 4 on i386, 2 on m68k. */
export type U64Alignment = 8 | 4 | 2;

const SCALAR_SIZE: Readonly<Record<ScalarType, number>> = { u32: 4, s32: 4, u64: 8 };

/** Where one member lies. `size` is that of all its elements, in bytes. */
export interface FieldLayout {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** Bytes of one element of a member. */
export function elementSize(type: FieldDef["type"]): number {
  return typeof type === "string" ? SCALAR_SIZE[type] : type.size;
}

/** Bytes of a member with all its elements. */
export function fieldSize(field: FieldDef): number {
  return elementSize(field.type) * (field.count ?? 1);
}

/** Lays a struct out as a C compiler does; trailing padding is in `size`. */
export function layoutStruct(
  def: StructDef,
  u64Alignment: U64Alignment = 8,
): { readonly size: number; readonly fields: readonly FieldLayout[] } {
  let offset = 0;
  const fields = def.fields.map((field) => {
    offset = alignUp(offset, alignmentOf(field.type, u64Alignment));
    const placed = { name: field.name, offset, size: fieldSize(field) };
    offset += placed.size;
    return placed;
  });
  return { size: alignUp(offset, structAlignment(def, u64Alignment)), fields };
}

function structAlignment(def: StructDef, u64Alignment: U64Alignment): number {
  return Math.max(1, ...def.fields.map((field) => alignmentOf(field.type, u64Alignment)));
}

function alignmentOf(type: FieldDef["type"], u64Alignment: U64Alignment): number {
  if (typeof type !== "string") return structAlignment(type, u64Alignment);
  return type === "u64" ? u64Alignment : Math.min(4, u64Alignment);
}

function alignUp(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
