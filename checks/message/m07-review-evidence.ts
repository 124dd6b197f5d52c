import type { ReviewContext } from "../context.ts";
import { defineTextRule } from "../text-rule.ts";

const GIVEN = /^(?:Reviewed|Acked|Tested)-by$/i;

/** A review tag was given in a mail that the series keeps. */
export const m07ReviewEvidence = defineTextRule({
  id: "m07-review-evidence",
  title: "review tags are in the answers that the series keeps",
  why: "a tag is the word of somebody else, and nobody may write it for them",
  source: "Documentation/process/5.Posting.rst",
  fix: "take the tag out, or add the mail that gives it to the mbox of the answers",
  bad: "Reviewed-by: of somebody who never answered",
  good: "Reviewed-by: as the answer to v1 has it",
  facts: async (context) =>
    hasTags(context) ? [JSON.stringify((await context.effects.replies()) ?? null)] : [],
  async settle(context) {
    if (!hasTags(context) || (await context.effects.replies()) !== undefined) return undefined;
    const howToGet = "save the answers as an mbox and name it in 'replies' of patches/series.yaml";
    return { kind: "not-run", missing: "the mails that give the review tags", howToGet };
  },
  async inSeries(context) {
    if (!hasTags(context)) return [];
    const replies = (await context.effects.replies()) ?? [];
    const given = new Set(replies.flatMap(({ tags }) => tags.map((tag) => tag.toLowerCase())));
    return context.patches.flatMap((mail) =>
      mail.parsed.trailers
        .filter(({ key, text }) => GIVEN.test(key) && !given.has(text.trim().toLowerCase()))
        .map(({ line, text }) => ({ mail, line, what: `no answer has '${text}'` })),
    );
  },
});

function hasTags({ patches }: ReviewContext): boolean {
  return patches.some(({ parsed }) => parsed.trailers.some(({ key }) => GIVEN.test(key)));
}
