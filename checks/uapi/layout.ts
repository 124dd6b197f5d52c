import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";
import type { Member, Struct } from "./parse-header.ts";

/** Where padding that nobody wrote would be. */
export interface Hole {
  /** Undefined for padding at the end. */
  readonly before: Member | undefined;
  readonly bytes: number;
}

export interface StructLayout {
  readonly size: number;
  readonly align: number;
  readonly holes: readonly Hole[];
}

/** A struct that can't be laid out from the text alone, and the line that is to blame. */
export interface UnknownLayout {
  readonly unknown: TextLine;
}

const WIDTH: Readonly<Record<string, number>> = { char: 1, "signed char": 1, "unsigned char": 1 };
const FIXED = /^__(?:[us]|aligned_[us]|le|be|aligned_le|aligned_be)(8|16|32|64)$/;

/**
 * Lays a struct out as every 64-bit ABI does, where a 64-bit value is aligned to 8 bytes. Without
 * holes, and with a size that is a multiple of 8 if it has such a value, i386 lays it out equally.
 *
 * @param known layouts of the header's earlier structs, by `struct name`
 */
export function layOut(
  struct: Struct,
  known: ReadonlyMap<string, StructLayout>,
): StructLayout | UnknownLayout {
  if (struct.unread !== undefined) return { unknown: struct.unread };
  const holes: Hole[] = [];
  let end = 0;
  let align = 1;
  for (const member of struct.members) {
    const unit = unitOf(member.type, known);
    const count = member.isFlexible ? 0 : member.count;
    if (unit === undefined || count === undefined || member.isPointer || member.isBitfield) {
      return { unknown: member };
    }
    align = Math.max(align, unit.align);
    const start = struct.kind === "union" ? 0 : roundUp(end, unit.align);
    if (start > end && struct.kind === "struct") holes.push({ before: member, bytes: start - end });
    end = Math.max(end, start + unit.size * count);
  }
  const size = roundUp(end, align);
  if (size > end) holes.push({ before: undefined, bytes: size - end });
  return { size, align, holes };
}

function unitOf(
  type: string,
  known: ReadonlyMap<string, StructLayout>,
): { readonly size: number; readonly align: number } | undefined {
  const bits = FIXED.exec(type)?.[1];
  const size = bits === undefined ? WIDTH[type] : Number(bits) / 8;
  return size === undefined ? known.get(type) : { size, align: size };
}

function roundUp(value: number, align: number): number {
  return Math.ceil(value / align) * align;
}
