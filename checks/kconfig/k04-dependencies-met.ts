import { matrixFacts } from "../build/matrix.ts";
import { defineTextRule } from "../text-rule.ts";

const COMPLAINT = /unmet direct dependencies|recursive dependency|circular dependency|warning:/;

/** allmodconfig and allyesconfig find no dependency that is not met, and no circle. */
export const k04DependenciesMet = defineTextRule({
  id: "k04-dependencies-met",
  title: "allmodconfig and allyesconfig complain of nothing new",
  why: "select ignores dependencies, so a configuration may build what cannot be linked",
  source: "Documentation/process/submit-checklist.rst",
  fix: "depend on what the selected option depends on, or do not select it",
  bad: "select MIGRATION (in an option that does not depend on MMU)",
  good: "depends on MIGRATION",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries({ patches, baseCommit, effects }) {
    const touching = patches.findLast(({ parsed }) =>
      parsed.files.some(({ path }) => /Kconfig/.test(path)),
    );
    const tip = patches.at(-1);
    if (touching === undefined || tip === undefined) return [];
    const line = touching.parsed.files.find(({ path }) => /Kconfig/.test(path))?.line ?? 1;
    const complaints = async (commit: string): Promise<string[]> => {
      const logs: string[] = [];
      for (const seed of ["allmodconfig", "allyesconfig"] as const) {
        const variant = { name: seed, seed, arch: "x86_64", set: {} } as const;
        logs.push((await effects.buildVariant({ commit, variant, targets: [] })).configLog);
      }
      return logs.flatMap((log) => log.split("\n").filter((one) => COMPLAINT.test(one)));
    };
    const before = await complaints(baseCommit);
    const after = new Set(await complaints(tip.commit));
    return [...after]
      .filter((one) => !before.includes(one))
      .map((one) => ({ mail: touching, line, what: one.trim() }));
  },
});
