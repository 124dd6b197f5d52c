import type { MailHeader } from "../../tools/lib/patch/parse-patch.ts";
import { attestUnsigned } from "../message/sign-offs.ts";
import { defineTextRule, letterOf, type Mail, requireLetter } from "../text-rule.ts";

/** A later version starts a thread of its own and links to the one before. */
export const s18LinkToLastVersion = defineTextRule({
  id: "s18-link-to-last-version",
  title: "a later version links to the one before and is no reply to it",
  why: "a version that replies to the last one is buried in an old thread",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add 'Link to vN-1: https://lore.kernel.org/r/<message-id>', and remove In-Reply-To",
  bad: "In-Reply-To: <the cover letter of v1>",
  good: "Link to v1: https://lore.kernel.org/r/<message-id>",
  settle(context) {
    const mail = letterOf(context);
    if (context.version < 2) return undefined;
    if (mail === undefined) return requireLetter(context);
    // A draft that nobody has signed was posted in no version, so there is nothing to link to yet.
    if (repliesOf(mail).length > 0 || hasLink(mail, context.version - 1)) return undefined;
    const before = context.version - 1;
    return attestUnsigned(context, `that v${before} was posted, and a link to it is in the letter`);
  },
  inSeries(context) {
    const mail = letterOf(context);
    if (mail === undefined) return [];
    const found = repliesOf(mail).map(({ line }) => {
      return { mail, line, what: "the series replies to another mail" };
    });
    const before = context.version - 1;
    if (before < 1 || hasLink(mail, before)) return found;
    const { line } = mail.parsed.rawSubject;
    return [...found, { mail, line, what: `there is no link to v${before}` }];
  },
});

function repliesOf({ parsed }: Mail): MailHeader[] {
  return parsed.headers.filter(({ name }) => name === "in-reply-to");
}

function hasLink({ parsed: { message, notes } }: Mail, version: number): boolean {
  const link = new RegExp(`\\bv${version}\\b.*https://(?:lore|patch\\.msgid)\\.`, "i");
  return [...message, ...notes].some(({ text }) => link.test(text));
}
