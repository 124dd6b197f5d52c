import { defineTextRule } from "../text-rule.ts";

const WIDEST = 75;

/** A subject fits a line of a log. */
export const m15SubjectLength = defineTextRule({
  id: "m15-subject-length",
  title: `a subject has at most ${WIDEST} characters`,
  why: "the summary is shown in one line by git log, patchwork and mail readers",
  source: "Documentation/process/submitting-patches.rst",
  fix: "say what the patch does in fewer words, the reason belongs in the body",
  bad: "mm: hbf: add a check of the range of a hint, because a hint may have a range with a hole",
  good: "mm: hbf: check the range of a hint",
  reads: "patches and cover",
  *inMail({ parsed: { subject, rawSubject } }) {
    const { length } = subject?.text ?? rawSubject.text;
    if (length > WIDEST) {
      yield { line: rawSubject.line, what: `subject has ${length} characters, at most ${WIDEST}` };
    }
  },
});
