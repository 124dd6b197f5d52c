import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { featuresOn } from "../kconfig/features.ts";
import { defineTextRule } from "../text-rule.ts";
import { buildTouched, matrixFacts } from "./matrix.ts";

/** Changed files build for a 32-bit processor too; gcc for x86-64 can do i386. */
export const b05OtherArchitectures = defineTextRule({
  id: "b05-other-architectures",
  title: "changed files build for i386, where a long has 32 bits",
  why: "a 64-bit division, or a pointer kept in a u64, builds on 64 bits alone",
  source: "Documentation/process/submit-checklist.rst",
  fix: "use div_u64(), %zu, or (unsigned long) as the code around does",
  bad: "len / nr (both u64)",
  good: "div64_u64(len, nr)",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const set = { ...featuresOn(context) };
    const i386: KernelVariant = { name: "for i386", seed: "defconfig", arch: "i386", set };
    return await buildTouched(context, [{ ...i386, set: { ...set, WERROR: "n" } }]);
  },
});
