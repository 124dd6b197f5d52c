import { matrixFacts } from "../build/matrix.ts";
import { defineTextRule } from "../text-rule.ts";
import { addedSymbols } from "./features.ts";

/** Somebody who updates a configuration is asked for the new options, and for nothing else. */
export const k03MenuUndisturbed = defineTextRule({
  id: "k03-menu-undisturbed",
  title: "of a defconfig, the options that the series adds appear, and no other",
  why: "a changed dependency that uncovers old options asks everybody who runs make oldconfig",
  source: "Documentation/process/submit-checklist.rst",
  fix: "look which dependency makes the option visible that was not before",
  bad: "a new 'select' that makes five other options appear",
  good: "CONFIG_HBF is not set (the only new line of the .config)",
  cost: "minutes",
  facts: matrixFacts,
  async inSeries(context) {
    const { patches, baseCommit, effects } = context;
    const touching = patches.find(({ parsed }) =>
      parsed.files.some(({ path }) => /Kconfig/.test(path)),
    );
    const tip = patches.at(-1);
    if (touching === undefined || tip === undefined) return [];
    const variant = { name: "defconfig", seed: "defconfig", arch: "x86_64", set: {} } as const;
    const before = await effects.buildVariant({ commit: baseCommit, variant, targets: [] });
    const after = await effects.buildVariant({ commit: tip.commit, variant, targets: [] });
    const own = addedSymbols(context).map(({ name }) => name);
    const line = touching.parsed.files.find(({ path }) => /Kconfig/.test(path))?.line ?? 1;
    const appeared = [...after.values.keys()].filter(
      (symbol) => !before.values.has(symbol) && !own.includes(symbol),
    );
    const vanished = [...before.values.keys()].filter((symbol) => !after.values.has(symbol));
    return [
      ...appeared.map((one) => ({ mail: touching, line, what: `CONFIG_${one} appears` })),
      ...vanished.map((one) => ({ mail: touching, line, what: `CONFIG_${one} disappears` })),
    ];
  },
});
