import { defineTextRule } from "../text-rule.ts";

/** Every patch changes something. */
export const s04NoEmptyPatch = defineTextRule({
  id: "s04-no-empty-patch",
  title: "every patch has a diff",
  why: "a patch without a diff can't be applied, and stops git am",
  source: "Documentation/process/submitting-patches.rst",
  fix: "drop the commit: git rebase --empty=drop",
  bad: "a mail with a message and no diff",
  good: "diff --git a/mm/hbf.c b/mm/hbf.c",
  *inMail({ parsed: { files, rawSubject } }) {
    if (files.length === 0) yield { line: rawSubject.line, what: "the patch changes no file" };
  },
});
