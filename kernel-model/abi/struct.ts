import { isSince, type Stage } from "./stage.ts";

/** The only scalar types that the UAPI header may use. */
export type ScalarType = "u32" | "s32" | "u64";

/** Who writes a field: userspace, the kernel, or both. */
export type FieldDirection = "in" | "out" | "inout";

/** One member of a UAPI struct. Offsets are stated, and the codec proves them against C's rules. */
export interface FieldDef {
  readonly name: string;
  readonly type: ScalarType | StructDef;
  /** Number of elements of an array member; absent for a plain member. */
  readonly count?: number;
  /** Bytes from the start of the struct. */
  readonly offset: number;
  readonly since: Stage;
  readonly direction: FieldDirection;
  /** What it means, one sentence. */
  readonly doc: string;
}

/** One size of an extensible struct: the header's constant and its first stage. */
export interface StructVersion {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly since: Stage;
}

/** A UAPI struct as data. */
export interface StructDef {
  readonly name: string;
  /** Bytes of the newest version. */
  readonly size: number;
  /** Oldest first; empty for a struct that is only a part of another. */
  readonly versions: readonly StructVersion[];
  readonly fields: readonly FieldDef[];
}

/** Bytes of the newest version of `def` that a kernel of `stage` knows. */
export function knownSize(def: StructDef, stage: Stage): number {
  let size = 0;
  for (const version of def.versions) {
    if (isSince(stage, version.since)) size = version.size;
  }
  return size;
}

/** Bytes of `def` in the header of `stage`: the known size, or that of a part of another struct. */
export function structSize(def: StructDef, stage: Stage): number {
  return def.versions.length === 0 ? def.size : knownSize(def, stage);
}
