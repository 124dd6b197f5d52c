import type { ReviewContext } from "../context.ts";
import { defineTextRule, mailsOf, type SightingIn } from "../text-rule.ts";

/** A series is sent again under the same number only without changes. */
export const s17ResendUnchanged = defineTextRule({
  id: "s17-resend-unchanged",
  title: "a series marked RESEND is the same as before",
  why: "reviewers skip a RESEND, and would miss what changed",
  source: "Documentation/process/submitting-patches.rst",
  fix: "call it the next version and say what changed",
  bad: "[PATCH RESEND v2 1/3] with another diff than v2 1/3",
  good: "[PATCH v3 1/3]",
  cost: "seconds",
  facts: async (context) =>
    isResend(context) ? [JSON.stringify((await context.effects.formerVersion()) ?? null)] : [],
  async settle(context) {
    if (!isResend(context) || (await context.effects.formerVersion()) !== undefined) {
      return undefined;
    }
    return { kind: "attest", statement: "nothing changed since the series was sent before" };
  },
  async inSeries(context) {
    if (!isResend(context)) return [];
    const history = (await context.effects.formerVersion()) ?? [];
    return history.flatMap(({ status }, at): SightingIn[] => {
      const mail = context.patches[at];
      if (mail === undefined || status === "same") return [];
      const what = status === "added" ? "the patch is new" : "the patch has changed";
      return [{ mail, line: mail.parsed.rawSubject.line, what: `${what}, so it is no RESEND` }];
    });
  },
});

function isResend(context: ReviewContext): boolean {
  return mailsOf(context).some(({ parsed }) => /^\[[^\]]*\bRESEND\b/.test(parsed.rawSubject.text));
}
