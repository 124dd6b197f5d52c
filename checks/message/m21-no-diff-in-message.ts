import { defineTextRule } from "../text-rule.ts";

const DIFF = /^(?:diff -|Index: |--- a\/|\+\+\+ b\/|@@ -\d)/;

/** No line of the message looks like the start of a diff. */
export const m21NoDiffInMessage = defineTextRule({
  id: "m21-no-diff-in-message",
  title: "no line of a message starts like a diff",
  why: "git am and patch take the rest of the message for a part of the diff",
  source: "Documentation/process/submitting-patches.rst",
  fix: "indent the quoted diff",
  bad: "diff -u a b",
  good: "  diff -u a b",
  reads: "patches and cover",
  *inMail({ parsed: { message, notes } }) {
    for (const { text, line } of [...message, ...notes]) {
      if (DIFF.test(text)) yield { line, what: `'${text}' looks like the start of a diff` };
    }
  },
});
