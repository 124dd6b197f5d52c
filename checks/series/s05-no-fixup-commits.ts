import { defineTextRule } from "../text-rule.ts";

const UNFINISHED = /^(?:fixup|squash|amend)! |\b(?:WIP|DNM|DO NOT MERGE)\b/;

/** No commit that was meant to be squashed, or is marked as unfinished, is left. */
export const s05NoFixupCommits = defineTextRule({
  id: "s05-no-fixup-commits",
  title: "no fixup!, squash!, WIP or do-not-merge commit is left",
  why: "each patch is reviewed as it would be merged, so work in progress has to be folded in",
  source: "Documentation/process/5.Posting.rst",
  fix: "git rebase -i --autosquash onto the base, then export the series",
  bad: "fixup! mm: hbf: check the range of a hint",
  good: "mm: hbf: check the range of a hint",
  *inMail({ parsed: { subject, rawSubject } }) {
    const mark = UNFINISHED.exec(subject?.text ?? rawSubject.text)?.[0];
    if (mark !== undefined) {
      yield { line: rawSubject.line, what: `subject is marked '${mark.trim()}'` };
    }
  },
});
