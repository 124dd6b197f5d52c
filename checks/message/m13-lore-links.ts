import { defineTextRule } from "../text-rule.ts";

/** Archives whose addresses change or vanish, or hide the message-id. */
const OTHER_ARCHIVE = new RegExp(
  "https?://(?:www\\.)?(?:lkml\\.org|marc\\.info|spinics\\.net|mail-archive\\.com" +
    "|lists\\.infradead\\.org|lkml\\.kernel\\.org/lkml)\\b",
);
const LORE = /https?:\/\/(?:lore\.kernel\.org|patch\.msgid\.link|lkml\.kernel\.org\/r)\/\S*/g;

/** A mail is linked to by its message-id, which finds it in any archive. */
export const m13LoreLinks = defineTextRule({
  id: "m13-lore-links",
  title: "links to mails are lore.kernel.org addresses with a message-id",
  why: "other archives have vanished before, and a message-id is found wherever the mail is kept",
  source: "Documentation/process/submitting-patches.rst",
  fix: "write https://lore.kernel.org/r/<message-id>",
  bad: "Link: https://marc.info/?l=linux-mm&m=123",
  good: "Link: https://lore.kernel.org/r/20251122000000.1-1-a@example.org",
  reads: "patches and cover",
  *inMail({ parsed: { message, notes } }) {
    for (const { text, line } of [...message, ...notes]) {
      const archive = OTHER_ARCHIVE.exec(text)?.[0];
      if (archive !== undefined) yield { line, what: `'${archive}' is not lore.kernel.org` };
      const vague = text.match(LORE)?.find((url) => !/@|%40/.test(url));
      if (vague !== undefined) yield { line, what: `'${vague}' has no message-id` };
    }
  },
});
