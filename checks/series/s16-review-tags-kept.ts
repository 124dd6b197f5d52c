import { defineTextRule, mailsOf, type SightingIn } from "../text-rule.ts";
import { attestWithoutHistory, historyKey, historyOf } from "./former.ts";

const REVIEW = /^(?:Reviewed|Acked|Tested)-by: /;

/** A tag on a patch that changed since it was given is confirmed, one that is gone is told. */
export const s16ReviewTagsKept = defineTextRule({
  id: "s16-review-tags-kept",
  title: "review tags of a patch that changed are spoken of below '---' or in the cover letter",
  why: "a reviewer has not seen what changed afterwards",
  source: "Documentation/process/submitting-patches.rst",
  fix: "ask the reviewer, and say below '---' that the tag was kept or dropped, and why",
  bad: "Reviewed-by: on a patch that range-diff marks with !",
  good: "Reviewed-by of A kept, only a comment changed (below ---)",
  cost: "seconds",
  facts: historyKey,
  settle: (context) =>
    attestWithoutHistory(context, "review tags on patches that changed were confirmed"),
  async inSeries(context) {
    const told = mailsOf(context).map(({ parsed, position }) => {
      const lines = position === undefined ? parsed.message : parsed.notes;
      return { position, text: lines.map(({ text }) => text).join("\n") };
    });
    const history = await historyOf(context);
    return history.flatMap(({ status, former }, at): SightingIn[] => {
      const mail = context.patches[at];
      if (mail === undefined || former === undefined) return [];
      const isTold = (tag: string): boolean =>
        told.some(({ position, text }) => {
          return (
            (position === undefined || position === mail.position) && text.includes(nameOf(tag))
          );
        });
      const { trailers, rawSubject } = mail.parsed;
      const had = former.tags.filter((tag) => REVIEW.test(tag) && !isTold(tag));
      return had.flatMap((tag): SightingIn[] => {
        const kept = trailers.find(({ text }) => text === tag);
        if (kept === undefined) {
          return [{ mail, line: rawSubject.line, what: `'${tag}' is gone and nobody says why` }];
        }
        if (status === "same" || status === "retagged") return [];
        const what = `'${tag}' was given to the patch before it changed`;
        return [{ mail, line: kept.line, what }];
      });
    });
  },
});

/** The person's name of a tag. */
function nameOf(tag: string): string {
  return tag.replace(REVIEW, "").replace(/\s*<.*$/, "");
}
