import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { featuresOn } from "../kconfig/features.ts";
import { defineTextRule } from "../text-rule.ts";
import { buildTouched, matrixFacts } from "./matrix.ts";

const PREEMPTION = ["PREEMPT_NONE", "PREEMPT"] as const;

/** Changed files build with and without SMP, with and without preemption. */
export const b07SmpAndPreempt = defineTextRule({
  id: "b07-smp-and-preempt",
  title: "changed files build with and without SMP, with and without preemption",
  why: "locks that are nothing without SMP hide a wrong type until somebody switches it on",
  source: "Documentation/process/submit-checklist.rst",
  fix: "use the helper that is there in each of them, such as get_cpu_ptr()",
  bad: "lock.raw_lock.val (which UP has not)",
  good: "spin_is_locked(&lock)",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const variants = ["y", "n"].flatMap((smp) =>
      PREEMPTION.map((model): KernelVariant => {
        const set = { ...featuresOn(context), SMP: smp, [model]: "y" };
        return { name: `with SMP=${smp} and ${model}`, seed: "lean", arch: "x86_64", set };
      }),
    );
    return await buildTouched(context, variants);
  },
});
