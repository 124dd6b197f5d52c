import { defineTextRule, mailsOf } from "../text-rule.ts";

const BASE = /^base-commit: ([0-9a-f]{40})$/;

/** The series names the commit that it applies to, and that is the one it was made on. */
export const s07BaseCommit = defineTextRule({
  id: "s07-base-commit",
  title: "the cover letter or the first patch names the base commit",
  why: "reviewers and test robots have to know which tree the series applies to",
  source: "Documentation/process/submitting-patches.rst",
  fix: "export the series again: the export writes the line",
  bad: "a cover letter without base-commit",
  good: "base-commit: cecd77435e15cc6ada54848149172da0056a34e4",
  inSeries(context) {
    const [mail] = mailsOf(context);
    if (mail === undefined) return [];
    const at = mail.parsed.lines.findIndex((text) => BASE.test(text));
    const named = BASE.exec(mail.parsed.lines[at] ?? "")?.[1];
    if (named === undefined) return [{ mail, line: 1, what: "there is no 'base-commit:' line" }];
    if (named === context.baseCommit) return [];
    const what = `base-commit is '${named}', but the series is made on '${context.baseCommit}'`;
    return [{ mail, line: at + 1, what }];
  },
});
