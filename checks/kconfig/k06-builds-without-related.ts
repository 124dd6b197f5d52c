import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { buildTouched, matrixFacts } from "../build/matrix.ts";
import { defineTextRule } from "../text-rule.ts";
import { featuresOn } from "./features.ts";

/** Those that the submit checklist names, and what memory management depends on. */
const RELATED: readonly string[] = [
  ...["SMP", "SYSFS", "PROC_FS", "INPUT", "PCI", "BLOCK", "PM", "MAGIC_SYSRQ", "NET"],
  ...["NUMA", "MEMCG", "SWAP", "TRANSPARENT_HUGEPAGE", "COMPAT", "DEBUG_FS", "CPUSETS"],
];

/** Changed files build when an option is off that they may take for granted. */
export const k06BuildsWithoutRelated = defineTextRule({
  id: "k06-builds-without-related",
  title: "changed files build without each of the options that are often forgotten",
  why: "what is off on nobody's machine is off on some distribution's",
  source: "Documentation/process/submit-checklist.rst",
  fix: "depend on the option, or use the stub that its header has",
  bad: "a use of node_states without NUMA",
  good: "depends on NUMA",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const without = RELATED.map((symbol): KernelVariant => {
      const set = { ...featuresOn(context), [symbol]: "n" };
      return { name: `without ${symbol}`, seed: "lean", arch: "x86_64", set };
    });
    const set = { ...featuresOn(context), NET: "y", INET: "n" };
    const name = "with NET and without INET";
    return await buildTouched(context, [...without, { name, seed: "lean", arch: "x86_64", set }]);
  },
});
