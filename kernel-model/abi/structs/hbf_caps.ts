import type { StructDef } from "../struct.ts";

/**
 * The argument of CAPS.
 *
 * `size` is read and must be between 8 and one page; every other input byte below 40 is ignored,
 * bytes from 40 on must be zero. The kernel fills all 40 bytes and copies `min(size, 40)` of them,
 * so a short buffer gets a prefix, and `size` on output is how many bytes were copied, as
 * `kernel/sched/syscalls.c:sched_attr_copy_to_user @ 6.12.117` does.
 */
export const HBF_CAPS: StructDef = {
  name: "hbf_caps",
  size: 40,
  versions: [{ name: "HBF_CAPS_SIZE_VER0", size: 40, since: "v1" }],
  fields: [
    field("size", "u32", 0, "inout", "In: what userspace was built with. Out: bytes copied."),
    field("abi", "u32", 4, "out", "Version of the interface for people: 1."),
    field("ops", "u64", 8, "out", "Bit 1 << op for each operation that the kernel knows."),
    field("flags", "u64", 16, "out", "Bits that hbf_hint.flags may have: none."),
    field("max_len", "u64", 24, "out", "Longest range in bytes, 0 for no limit."),
    field("hint_size", "u32", 32, "out", "Bytes of struct hbf_hint that the kernel knows."),
    field("pad", "u32", 36, "out", "Zero."),
  ],
};

/** The shortest CAPS argument: it must hold `size` and `abi`. */
export const HBF_CAPS_SIZE_MIN = 8;

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
