import { defineTextRule, letterOf } from "../text-rule.ts";

/** Everybody can get the commit that the patches apply to. */
export const s08BaseIsPublic = defineTextRule({
  id: "s08-base-is-public",
  title: "the base has a tag, or is in a branch of somebody's public tree",
  why: "who cannot get the base can neither apply nor test the patches",
  source: "Documentation/process/5.Posting.rst",
  fix: "rebase on a release or on the maintainer's branch, and fetch that branch with git",
  bad: "a base that is on no tag and in no remote branch",
  good: "base-commit: of v6.12",
  cost: "seconds",
  facts: async ({ effects }) => [JSON.stringify(await effects.baseFacts())],
  async inSeries(context) {
    const mail = letterOf(context) ?? context.patches[0];
    const { tag, remote } = await context.effects.baseFacts();
    if (mail === undefined || tag !== undefined) return [];
    const at = mail.parsed.lines.findIndex((text) => text.startsWith("base-commit:"));
    const line = at < 0 ? mail.parsed.rawSubject.line : at + 1;
    if (remote === undefined) {
      return [{ mail, line, what: "the base has no tag and no remote branch has it" }];
    }
    const what = `the base is in '${remote}', and no release or other tagged point`;
    return [{ mail, line, what, severity: "warning" }];
  },
});
