import type { DocRule } from "../doc-rule.ts";
import { findMentions } from "../mentions.ts";
import { sectionAt } from "../sections.ts";

const SYMBOL = /(?<![\w*])CONFIG_[A-Z0-9]\w*/g;
const OFF =
  /\bwithout\b|\bnot set\b|\bdisabled?\b|=n\b|\boff\b|\bunless\b|\botherwise\b|\bis not\b/i;

/** A configuration symbol of which the text says only what it does when it is set. */
export const configMatrix: DocRule = {
  id: "config-matrix",
  severity: "info",
  kinds: ["rst"],
  title: "who names a CONFIG_ symbol says what happens without it",
  why: "most kernels out there have the other setting",
  source: "Documentation/process/submit-checklist.rst",
  examples: [
    { text: "With CONFIG_NUMA pages move; without it the call fails.\n", finds: [] },
    { text: "With CONFIG_NUMA pages move.\n", finds: ["1:6"] },
  ],
  *check(file) {
    const seen = new Set<string>();
    for (const { text, offset } of findMentions(file, ["CONFIG_"])) {
      for (const { index, 0: symbol } of text.matchAll(SYMBOL)) {
        if (seen.has(symbol)) continue;
        seen.add(symbol);
        const section = sectionAt(file, offset);
        const around = section ? file.source.slice(section.start, section.end) : file.source;
        if (OFF.test(around)) continue;
        yield { at: offset + index, what: `nothing says what happens without '${symbol}'` };
      }
    }
  },
};
