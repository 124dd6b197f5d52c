import { GCC_W } from "./message-kinds.ts";
import { defineStaticRow } from "./static-build.ts";

/** What gcc -W would say, without what the kernel does on purpose. */
export const t04GccExtra = defineStaticRow({
  id: "t04-gcc-extra",
  title: "gcc -W says nothing new of the files that a patch changes",
  why: "comparisons of signed with unsigned numbers are the usual way past a check of a range",
  source: "Documentation/process/submit-checklist.rst",
  fix: "use types of the same sign, or compare before converting",
  bad: "if (nid < count) /* int and unsigned */",
  good: "if (nid < 0 || nid >= MAX_NUMNODES)",
  isOurs: ({ kind }) => GCC_W.includes(kind),
  needs: "gcc",
});
