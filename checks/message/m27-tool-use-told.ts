import { defineTextRule, letterOf, requireLetter } from "../text-rule.ts";

const assisted = (key: string): boolean => key === "Assisted-by";

/** A series that tools had a part in says so in its cover letter. */
export const m27ToolUseTold = defineTextRule({
  id: "m27-tool-use-told",
  title: "a series with Assisted-by tells in the cover letter what the tools did",
  why: "reviewers weigh a patch by how it came about, and a tag alone does not tell that",
  source: "Documentation/process/coding-assistants.rst (mainline)",
  fix: "say in the cover letter which parts were made with which tool, and how they were checked",
  bad: "Assisted-by in a patch, and not a word on it in the cover letter",
  good: "The selftest was drafted with an assistant, see Assisted-by, and rewritten by hand.",
  settle: (context) =>
    context.patches.some(({ parsed }) => parsed.trailers.some(({ key }) => assisted(key)))
      ? requireLetter(context)
      : undefined,
  inSeries(context) {
    const letter = letterOf(context)?.parsed;
    const prose = [...(letter?.message ?? []), ...(letter?.notes ?? [])]
      .map(({ text }) => text)
      .filter((text) => !text.startsWith("Assisted-by:"));
    if (prose.some((text) => /\b(?:assist(?:ed|ant|ants|ance)?|generated|drafted)\b/i.test(text))) {
      return [];
    }
    return context.patches.flatMap((mail) => {
      const tag = mail.parsed.trailers.find(({ key }) => assisted(key));
      const what = "the cover letter does not tell what the tool did";
      return tag === undefined ? [] : [{ mail, line: tag.line, what }];
    });
  },
});
