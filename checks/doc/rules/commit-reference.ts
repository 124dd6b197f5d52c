import type { DocRule } from "../doc-rule.ts";
import { isTranslation } from "../is-translation.ts";
import { findProse } from "../prose.ts";

const COMMIT = /\b[Cc]ommit\s+([0-9a-f]{7,40})\b(?:(\s+\("[^"]+"\)))?/g;
const SHORTEST = 12;

/** A commit that is named by too few digits, or without its subject. */
export const commitReference: DocRule = {
  id: "commit-reference",
  severity: "warning",
  kinds: ["rst", "md"],
  title: 'commits are named as commit 0123456789ab ("subject")',
  why: "short ids become ambiguous, and the subject is what a reader finds elsewhere",
  source: "Documentation/process/submitting-patches.rst",
  onlyChanged: true,
  examples: [
    { text: 'See commit 0123456789ab ("mm: do it").\n', finds: [] },
    { text: "See commit 0123456789ab there.\n", finds: ["1:5"] },
    { text: 'See commit 0123abc ("mm: do it").\n', finds: ["1:5"] },
    { text: "They commit 1000000 pages.\n", finds: [] },
  ],
  *check(file) {
    if (isTranslation(file)) return;
    for (const { start, text } of findProse(file)) {
      for (const match of text.matchAll(COMMIT)) {
        const [, id = "", subject] = match;
        if (/^\d+$/.test(id) && id.length < SHORTEST) continue;
        const at = start + match.index;
        if (id.length < SHORTEST) yield { at, what: `'${id}' has fewer than 12 digits` };
        else if (subject === undefined) {
          yield { at, what: `'${id}' has no subject behind it`, fix: 'write ("subject")' };
        }
      }
    }
  },
};
