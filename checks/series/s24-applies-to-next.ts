import { defineTextRule } from "../text-rule.ts";

/** The series merges with what others prepare for the next kernel. */
export const s24AppliesToNext = defineTextRule({
  id: "s24-applies-to-next",
  title: "the series merges with linux-next, as far as the tree has it",
  why: "what conflicts with the next kernel has to be done again before it can be merged",
  source: "Documentation/process/submit-checklist.rst",
  fix: "rebase on the subsystem's tree of today",
  bad: "a merge with next/master that conflicts in mm/Makefile",
  good: "git merge-tree --write-tree TIP next/master",
  cost: "seconds",
  facts: async ({ effects }) => [JSON.stringify((await effects.conflictsWithNext()) ?? null)],
  async settle({ effects }) {
    if ((await effects.conflictsWithNext()) !== undefined) return undefined;
    const statement = "the series applies to linux-next of today (offline, no next/master here)";
    return { kind: "attest", statement };
  },
  async inSeries({ patches, effects }) {
    const conflicts = (await effects.conflictsWithNext()) ?? [];
    return conflicts.flatMap((path) => {
      const touching = patches.find(({ parsed }) => parsed.files.some((one) => one.path === path));
      const mail = touching ?? patches[0];
      if (mail === undefined) return [];
      const line = mail.parsed.files.find((one) => one.path === path)?.line ?? 1;
      return [{ mail, line, what: `'${path}' conflicts with next/master` }];
    });
  },
});
