import type { DocRule } from "../doc-rule.ts";
import { sectionAt } from "../sections.ts";
import { findSentences, isDenied, MEASURED } from "../sentences.ts";
import { wordPattern } from "../word-pattern.ts";

const CLAIM = wordPattern(
  "gi",
  "faster",
  "slower",
  "cheaper",
  "speeds? up",
  "speedup",
  "negligible",
  "reduc(?:es|ed)",
  "improv(?:es|ed|ements?)",
  "outperforms?",
  "scales (?:well|linearly|better)",
);
/** Who says what has to be measured does not claim it. */
const OPEN_QUESTION = wordPattern(
  "i",
  "may",
  "might",
  "could",
  "would",
  "should",
  "must",
  "to be",
  "has to",
  "have to",
  "expect",
);
/** A table, a figure or a reference to where the numbers are. */
const EVIDENCE = /^\+[-=]|^=+ +=|^\||:ref:`|:doc:`|`_|\]\(|https?:|figure::|table::/m;

/** A claim about speed or cost without a number near it. */
export const claimNeedsNumber: DocRule = {
  id: "claim-needs-number",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "who says faster or cheaper says by how much, in the same section",
  why: "reviewers ask for numbers, and a claim without one cannot be checked",
  source: "Documentation/process/submitting-patches.rst",
  examples: [
    { text: "The hint reduces stalls.\n", finds: ["1:10"] },
    { text: "A\n====\n\nThe hint reduces stalls.\n", finds: ["4:10"] },
    { text: "The hint reduces stalls by 12 %.\n", finds: [] },
    { text: "The hint may be faster. Is it faster? It is not faster.\n", finds: [] },
    { text: "The hint reduces stalls, see :ref:`numbers`.\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text, paragraph } of findSentences(file)) {
      for (const { index, 0: words } of text.matchAll(CLAIM)) {
        if (isDenied(text, index) || OPEN_QUESTION.test(text.slice(0, index))) continue;
        const section = sectionAt(file, start);
        const around = section && file.source.slice(section.bodyStart, section.end);
        if ([paragraph, around ?? ""].some((it) => MEASURED.test(it) || EVIDENCE.test(it)))
          continue;
        yield { at: start + index, what: `'${words}' is claimed without a number in its section` };
      }
    }
  },
};
