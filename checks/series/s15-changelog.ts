import { defineTextRule, letterOf, requireLetter } from "../text-rule.ts";

/** From the second version on, the series says what has changed. */
export const s15Changelog = defineTextRule({
  id: "s15-changelog",
  title: "a later version says what changed since the one before",
  why: "reviewers of the last version look for what was done about their comments",
  source: "Documentation/process/submitting-patches.rst",
  fix: "add a section 'Changes in vN' to the cover letter",
  bad: "[RFC PATCH v2 0/9] without a word on v1",
  good: "Changes in v2:\n- check the range before the node (link)",
  settle: (context) => (context.version > 1 ? requireLetter(context) : undefined),
  inSeries(context) {
    const mail = letterOf(context);
    const { version } = context;
    if (mail === undefined || version < 2) return [];
    const before = version - 1;
    const heading = new RegExp(
      `^(?:changes|changelog)\\b.*\\bv(?:${version}|${before})\\b|^v${before} ?-> ?v${version}\\b` +
        `|^v${version}:`,
      "i",
    );
    const { message, notes, rawSubject } = mail.parsed;
    if ([...message, ...notes].some(({ text }) => heading.test(text))) return [];
    const what = `version ${version} does not say what changed since version ${before}`;
    return [{ mail, line: rawSubject.line, what }];
  },
});
