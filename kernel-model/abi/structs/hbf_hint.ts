import type { StructDef } from "../struct.ts";

/** The argument of HINT: 64 bytes in v1 (VER0), 128 with the results of v3 (VER1). */
export const HBF_HINT: StructDef = {
  name: "hbf_hint",
  size: 128,
  versions: [
    { name: "HBF_HINT_SIZE_VER0", size: 64, since: "v1" },
    { name: "HBF_HINT_SIZE_VER1", size: 128, since: "v3" },
  ],
  fields: [
    field("size", "u32", 0, "in", "What userspace was built with, in bytes."),
    field("op", "u32", 4, "in", "PREFETCH 1, PROMOTE 2, DEMOTE 3 or RELEASE 4."),
    field("flags", "u64", 8, "in", "Must be zero."),
    field("start", "u64", 16, "in", "First address of the range, page aligned."),
    field("len", "u64", 24, "in", "Length of the range in bytes, page aligned, not zero."),
    field("target_nid", "s32", 32, "in", "Node to move to, or -1 to let the kernel choose."),
    field("pad0", "u32", 36, "in", "Must be zero."),
    field("user_tag", "u64", 40, "in", "Opaque; shown in tracepoints only."),
    { ...field("resv0", "u64", 48, "in", "Must be zero."), count: 2 },
    result("nr_pages", 64, "Base pages of the range that were looked at."),
    result("nr_absent", 72, "Pages that were not there."),
    result("nr_already", 80, "Pages that already were where the hint wants them."),
    result("nr_moved", 88, "Pages of the range that moved."),
    result("nr_skipped", 96, "Pages that the kernel left alone."),
    result("nr_failed", 104, "Pages whose isolation or migration failed."),
    result("done_len", 112, "Bytes of the range that were processed."),
    { ...field("resv1", "u64", 120, "in", "Must be zero."), since: "v3" },
  ],
};

/** Bytes of the first version of struct hbf_hint: the number of HINT is frozen on it. */
export const HBF_HINT_SIZE_VER0 = 64;

type Field = StructDef["fields"][number];

function field(
  name: string,
  type: Field["type"],
  offset: number,
  direction: Field["direction"],
  doc: string,
): Field {
  return { name, type, offset, direction, doc, since: "v1" };
}

function result(name: string, offset: number, doc: string): Field {
  return { name, type: "u64", offset, direction: "out", since: "v3", doc };
}
