import { defineTextRule } from "../text-rule.ts";

/** Patches are commits with one parent each. */
export const s02LinearHistory = defineTextRule({
  id: "s02-linear-history",
  title: "no commit of the series is a merge",
  why: "a merge has no patch, so what it brings would be missing from the mails",
  source: "Documentation/process/submitting-patches.rst",
  fix: "rebase the series on its base",
  bad: "Merge branch 'topic'",
  good: "commits with one parent each",
  cost: "seconds",
  async inSeries({ patches, effects }) {
    const [mail] = patches;
    if (mail === undefined) return [];
    const merges = await effects.merges();
    return merges.map((id) => ({ mail, line: 1, what: `commit ${id.slice(0, 12)} is a merge` }));
  },
});
