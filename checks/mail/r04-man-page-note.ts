import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule, letterOf, requireLetter } from "../text-rule.ts";

const touchesUapi = /^(?:arch\/[^/]+\/)?include\/uapi\//;

/** Who changes what programs can call says something about its manual page. */
export const r04ManPageNote = defineTextRule({
  id: "r04-man-page-note",
  title: "a change of the user-space interface mentions its manual page",
  why: "a new interface needs a manual page, and its maintainers need to hear of it",
  source: "Documentation/process/submitting-patches.rst",
  fix: "say in the cover letter that a man-pages patch comes, or why none is needed yet",
  bad: "a new ioctl, and not a word on its documentation for users",
  good: "A man page is not written yet; it comes when the interface is agreed on.",
  settle: (context) =>
    context.patches.some(({ parsed }) => parsed.files.some(({ path }) => touchesUapi.test(path)))
      ? requireLetter(context)
      : undefined,
  inSeries(context) {
    const letter = letterOf(context)?.parsed;
    const prose = [...(letter?.message ?? []), ...(letter?.notes ?? [])];
    if (/\bman(?:ual)?[ -]?pages?\b/i.test(prose.map(({ text }) => text).join(" "))) return [];
    return context.patches.flatMap((mail) => {
      const file = mail.parsed.files.find(
        (one) => touchesUapi.test(one.path) && addedLines(one).length > 0,
      );
      const what = "the interface changes, and the cover letter does not mention a manual page";
      return file === undefined ? [] : [{ mail, line: file.line, what }];
    });
  },
});
