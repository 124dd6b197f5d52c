import { defineTextRule } from "../text-rule.ts";

const HISTORY =
  /^\s*(?:v\d+\s*(?:->|=>)\s*v?\d+|v\d+:|changes? (?:in|since|from) v\d|changelog:?$)/i;

/** What changed between versions is below `---`, not in the commit. */
export const m19NoHistoryInMessage = defineTextRule({
  id: "m19-no-history-in-message",
  title: "no version history above '---'",
  why: "what changed between postings is for reviewers, and of no use in the history of the kernel",
  source: "Documentation/process/submitting-patches.rst",
  fix: "move the list below the '---' line, or into the cover letter",
  bad: "Changes in v2: ... (above the tags)",
  good: "---\nChanges in v2: ...",
  *inMail({ parsed: { message } }) {
    for (const { text, line } of message) {
      if (HISTORY.test(text)) yield { line, what: `'${text.trim()}' becomes part of the commit` };
    }
  },
});
