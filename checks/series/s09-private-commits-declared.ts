import { defineTextRule, letterOf, mailsOf } from "../text-rule.ts";

const DECLARED = /^prerequisite-patch-id: ([0-9a-f]{40})$/;

/** Commits below the base that only the author has are declared. */
export const s09PrivateCommitsDeclared = defineTextRule({
  id: "s09-private-commits-declared",
  title: "commits below the base that nobody else has are named by their patch ids",
  why: "patches that depend on others which nobody can name apply for the author alone",
  source: "Documentation/process/submitting-patches.rst",
  fix: "use git format-patch --base, or rebase on a public commit",
  bad: "a base with two own commits, and no prerequisite-patch-id",
  good: "prerequisite-patch-id: <40 digits>",
  cost: "seconds",
  facts: async ({ effects }) => [JSON.stringify(await effects.baseFacts())],
  async inSeries(context) {
    const mail = letterOf(context) ?? context.patches[0];
    if (mail === undefined) return [];
    const { privateCommits } = await context.effects.baseFacts();
    const declared = mailsOf(context).flatMap(({ parsed }) =>
      parsed.lines.map((text) => DECLARED.exec(text)?.[1]),
    );
    return privateCommits
      .filter(({ patchId }) => !declared.includes(patchId))
      .map(({ subject }) => ({
        mail,
        line: mail.parsed.rawSubject.line,
        what: `the base has '${subject}', which is not public and not declared`,
      }));
  },
});
