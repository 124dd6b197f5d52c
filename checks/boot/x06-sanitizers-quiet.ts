import { defineUnchecked } from "../unchecked.ts";

/** The sanitizers have looked. */
export const x06SanitizersQuiet = defineUnchecked({
  id: "x06-sanitizers-quiet",
  title: "KASAN, KCSAN, UBSAN and kmemleak are quiet",
  why: "what they find corrupts memory, sometimes, elsewhere",
  source: "Documentation/dev-tools/kasan.rst",
  missing: "the kernel that boots has no sanitizers",
  howToGet: "see x02-debug-config; then echo scan > /sys/kernel/debug/kmemleak",
  fix: "mend what the sanitizer names",
  bad: "BUG: KASAN: slab-use-after-free",
  good: "a quiet console, and an empty kmemleak",
});
