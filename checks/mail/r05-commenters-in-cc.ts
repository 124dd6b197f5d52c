import { defineTextRule, letterOf } from "../text-rule.ts";
import { addressOf } from "./get-maintainers.ts";
import { recipientsOf } from "./recipients.ts";

/** Whoever answered the last version gets the next one. */
export const r05CommentersInCc = defineTextRule({
  id: "r05-commenters-in-cc",
  title: "everybody who answered an earlier version is in To or Cc",
  why: "who took the time to comment wants to see what became of it",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add the address to 'recipients' of patches/series.yaml or to the mail's Cc",
  bad: "a v2 without the address of somebody who answered v1",
  good: "Cc: with everybody who answered",
  async settle({ version, effects }) {
    if (version < 2 || (await effects.replies()) !== undefined) return undefined;
    const statement = `everybody who answered v${version - 1} is in Cc`;
    return { kind: "attest", statement };
  },
  facts: async ({ version, effects }) =>
    version < 2 ? [] : [JSON.stringify((await effects.replies()) ?? null)],
  async inSeries(context) {
    const mail = letterOf(context) ?? context.patches[0];
    if (mail === undefined || context.version < 2) return [];
    const named = recipientsOf(context).map(({ text }) => addressOf(text));
    const authors = context.patches.map(({ author }) => addressOf(author));
    const replies = (await context.effects.replies()) ?? [];
    const missing = [...new Set(replies.map(({ from }) => from))];
    return missing
      .filter((from) => ![...named, ...authors].includes(addressOf(from)))
      .map((from) => ({
        mail,
        line: mail.parsed.rawSubject.line,
        what: `'${from}' answered an earlier version and does not get this one`,
      }));
  },
});
