import { cleanMessage } from "../../tools/lib/series/mail-info.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const TAG = /^(?:[A-Z][a-z]+(?:-[a-z]+)*-by|Fixes|Closes): /;

/** What git takes from the mail is the message that a reader of the mail sees. */
export const s11MessageSurvivesMail = defineTextRule({
  id: "s11-message-survives-mail",
  title: "the commit message survives being mailed",
  why: "a line '---', or one that starts a diff, ends the message at git am: tags below are lost",
  source: "Documentation/process/submitting-patches.rst",
  fix: "indent the line that ends the message, and keep all tags above the first '---'",
  bad: "---\nSigned-off-by: ... (below the line that ends the message)",
  good: "Signed-off-by: ...\n---",
  async inSeries({ patches, effects }) {
    const found: SightingIn[] = [];
    for (const mail of patches) {
      const lost = mail.parsed.notes.find(({ text }) => TAG.test(text));
      if (lost !== undefined) {
        found.push({ mail, line: lost.line, what: `'${lost.text}' is below '---' and gets lost` });
      }
      found.push(...(await compare(mail, effects)));
    }
    return found;
  },
});

async function compare(
  mail: ReviewedPatch,
  effects: ReviewContext["effects"],
): Promise<SightingIn[]> {
  const taken = (await effects.mailMessage(mail)).split("\n").filter((line) => line !== "");
  const { message, rawSubject, subject } = mail.parsed;
  const written = message.filter(({ text }) => cleanMessage(text) !== "");
  const [first, ...rest] = taken;
  if (first !== (subject?.text ?? rawSubject.text)) {
    return [{ mail, line: rawSubject.line, what: `git takes '${first ?? ""}' for the subject` }];
  }
  const at = written.findIndex(({ text }, index) => text.trimEnd() !== rest[index]);
  const differs = written[at];
  if (differs === undefined) return [];
  return [{ mail, line: differs.line, what: `git's message goes on as '${rest[at] ?? ""}' here` }];
}
