import { featuresOn } from "../kconfig/features.ts";
import { objectsOf } from "../static/objects.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { matrixFacts } from "./matrix.ts";

/** A build with O= writes into its object folder alone. */
export const b03SourceStaysClean = defineTextRule({
  id: "b03-source-stays-clean",
  title: "a build with O= leaves nothing in the source folder",
  why: "sources are often read-only, and a generated file that stays hides the next one",
  source: "Documentation/process/submit-checklist.rst",
  fix: "write to $(obj), not to $(src), in the Makefile",
  bad: "$(src)/table.h: $(obj)/gen",
  good: "$(obj)/table.h: $(obj)/gen",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const { patches, effects } = context;
    const tip = patches.at(-1);
    if (tip === undefined) return [];
    const objects = await Promise.all(patches.map((mail) => objectsOf(effects, tip.commit, mail)));
    const targets = [...new Set(objects.flat())].toSorted();
    if (targets.length === 0) return [];
    const set = featuresOn(context);
    const variant = { name: "with O=", seed: "lean", arch: "x86_64", set } as const;
    const { leftovers } = await effects.buildVariant({ commit: tip.commit, variant, targets });
    return leftovers.map((path): SightingIn => {
      const folder = path.replace(/[^/]*$/, "");
      const mail = patches.findLast(({ parsed }) =>
        parsed.files.some((one) => one.path === `${folder}Makefile`),
      );
      const file = mail?.parsed.files.find((one) => one.path === `${folder}Makefile`);
      return {
        mail: mail ?? tip,
        line: file?.line ?? 1,
        what: `the build leaves '${path}' behind`,
      };
    });
  },
});
