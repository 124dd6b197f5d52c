import { controlPatch, defineCheckpatchRow } from "./checkpatch-row.ts";

/** A memory barrier says what it orders, and against which other one. */
export const t06BarriersCommented = defineCheckpatchRow({
  id: "t06-barriers-commented",
  title: "each memory barrier has a comment",
  why: "a barrier without its reason can be neither reviewed nor removed",
  source: "Documentation/process/submit-checklist.rst",
  fix: "say above the barrier what it orders, and which barrier it pairs with",
  bad: "\tsmp_wmb();",
  good: "\t/* Pairs with smp_rmb() in hbf_read(): data before the flag. */\n\tsmp_wmb();",
  types: ["MEMORY_BARRIER"],
  control: () => controlPatch("Words.", ["int a(void)", "{", "\tsmp_wmb();", "}"]),
});
