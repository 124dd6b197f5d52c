import type { KernelVariant } from "../../tools/lib/build/variant.ts";
import { featureSymbols } from "../kconfig/features.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { buildTouched, errorsOf, matrixFacts } from "./matrix.ts";

const WHOLE: KernelVariant = {
  name: "with allnoconfig",
  seed: "allnoconfig",
  arch: "x86_64",
  set: {},
};
const TOUCHED: readonly KernelVariant[] = (["defconfig", "allmodconfig"] as const).map((seed) => {
  return { name: `with ${seed}`, seed, arch: "x86_64", set: { WERROR: "n" } };
});

/**
 * Every commit builds as a whole with allnoconfig and with the feature switched off (b01 has it
 * switched on); the tip's changed files build with defconfig and allmodconfig. The first commit
 * that does not build is named, and nothing after it is built.
 */
export const b02CommonConfigs = defineTextRule({
  id: "b02-common-configs",
  title: "each commit builds with allnoconfig and without the feature, the tip as distributions do",
  why: "git bisect stops at every commit, in whatever configuration its user has",
  source: "Documentation/process/submit-checklist.rst",
  fix: "mend the commit that is named; later ones were not built in this configuration",
  bad: "an #include that only CONFIG_HBF=y makes unnecessary",
  good: "vmlinux of each commit, in each configuration",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const off = Object.fromEntries(featureSymbols(context).map(({ name }) => [name, "n"]));
    const lean = { name: "without the feature", seed: "lean", arch: "x86_64", set: off } as const;
    const variants = Object.keys(off).length === 0 ? [WHOLE] : [WHOLE, lean];
    const found: SightingIn[] = [];
    for (const variant of variants) {
      for (const mail of context.patches) {
        context.onProgress(`building ${mail.position} ${variant.name}`);
        const { commit } = mail;
        const built = await context.effects.buildVariant({ commit, variant, targets: ["vmlinux"] });
        const errors = errorsOf(built, variant, [mail]);
        found.push(...errors);
        if (errors.length > 0) break;
      }
    }
    return [...found, ...(await buildTouched(context, TOUCHED))];
  },
});
