import { defineTextRule, type Mail, type SightingIn } from "../text-rule.ts";

/** Every patch answers the cover letter, not the patch before it. */
export const s19ShallowThreading = defineTextRule({
  id: "s19-shallow-threading",
  title: "mails that have thread headers answer the cover letter, or the first patch without one",
  why: "a chain of answers indents patch 15 off the screen",
  source: "Documentation/process/5.Posting.rst",
  fix: "use git format-patch --thread=shallow",
  bad: "In-Reply-To of patch 3 that names patch 2",
  good: "In-Reply-To: <id of the cover letter>",
  inSeries({ coverLetter, patches }) {
    const top: Mail | undefined = coverLetter ?? patches[0];
    const answers = coverLetter === undefined ? patches.slice(1) : patches;
    const wanted = top === undefined ? undefined : headerOf(top, "message-id");
    return answers.flatMap((mail): SightingIn[] => {
      const reply = headerOf(mail, "in-reply-to") ?? headerOf(mail, "references");
      if (reply === undefined || reply.value === wanted?.value) return [];
      return [{ mail, line: reply.line, what: `answers '${reply.value}', not the first mail` }];
    });
  },
});

function headerOf({ parsed }: Mail, wanted: string) {
  return parsed.headers.find(({ name }) => name === wanted);
}
