import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { buildTouched, matrixFacts } from "../build/matrix.ts";
import { defineTextRule } from "../text-rule.ts";
import { featuresOn } from "./features.ts";

/** Fixed, so that two runs say the same; another number is another kernel. */
const SEEDS: readonly number[] = [1, 2, 3];

/** Changed files build in configurations that nobody thought of. */
export const k07BuildsAtRandom = defineTextRule({
  id: "k07-builds-at-random",
  title: `changed files build in ${SEEDS.length} random configurations`,
  why: "the kernel's test robot builds random configurations and answers with a mail",
  source: "Documentation/process/submit-checklist.rst",
  fix: "make KCONFIG_SEED=<n> randconfig shows the configuration again",
  bad: "a function of another option without a dependency on it",
  good: "make KCONFIG_SEED=1 randconfig mm/hbf.o",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const variants = SEEDS.map((randomSeed): KernelVariant => {
      const set = { WERROR: "n", ...featuresOn(context) };
      return {
        name: `at random (${randomSeed})`,
        seed: "randconfig",
        arch: "x86_64",
        set,
        randomSeed,
      };
    });
    return await buildTouched(context, variants);
  },
});
