import type { FieldDef, StructDef } from "../struct.ts";

const COUNTERS = [
  ["calls", "Hints that could be read, whatever was wrong with them then."],
  ["errors", "Those that got an errno."],
  ["pages", "Base pages in the ranges of all others."],
  ["absent", "Pages that were not there."],
  ["already", "Pages that already were where the hint wants them."],
  ["moved", "Pages that moved."],
  ["skipped", "Pages that the kernel left alone."],
  ["failed", "Pages whose isolation or migration failed."],
] as const;

/** Counters of one operation inside {@link HBF_STATS}. */
export const HBF_STATS_OP: StructDef = {
  name: "hbf_stats_op",
  size: 64,
  versions: [],
  fields: COUNTERS.map(
    ([name, doc], index): FieldDef => ({
      name,
      type: "u64",
      offset: index * 8,
      since: "v2",
      direction: "out",
      doc,
    }),
  ),
};

/** The argument of STATS: the counters of one open file, one group for each operation. */
export const HBF_STATS: StructDef = {
  name: "hbf_stats",
  size: 264,
  versions: [{ name: "HBF_STATS_SIZE_VER0", size: 264, since: "v2" }],
  fields: [
    {
      name: "size",
      type: "u32",
      offset: 0,
      since: "v2",
      direction: "inout",
      doc: "In: what userspace was built with. Out: how many bytes were copied.",
    },
    { name: "pad", type: "u32", offset: 4, since: "v2", direction: "out", doc: "Zero." },
    {
      name: "op",
      type: HBF_STATS_OP,
      count: 4,
      offset: 8,
      since: "v2",
      direction: "out",
      doc: "PREFETCH, PROMOTE, DEMOTE, RELEASE.",
    },
  ],
};

/** The shortest STATS argument: it must hold `size` and `pad`. */
export const HBF_STATS_SIZE_MIN = 8;
