import type { DocRule } from "../doc-rule.ts";
import { findSentences } from "../sentences.ts";

const HARDWARE = /\bHBF\b|High Bandwidth Flash/i;
const FIGURE = /\d(?:[\d.,]*\d)?\s?(?:[KMGT]i?B(?:\/s)?|[nuµm]s|TB\/s|watts?|layers)\b/g;
const SOURCE =
  /vendor|target|measured|proxy|announce|claims?|according|\]\(|`_|https?:|:ref:`|\[\w+\]_/i;

/** A figure about hardware that has no public specification. */
export const hardwareFact: DocRule = {
  id: "hardware-fact",
  severity: "error",
  kinds: ["rst", "md"],
  title: "figures about High Bandwidth Flash name their source",
  why: "it has no public specification: a figure is a vendor's target, or measured on a proxy",
  source: "project",
  examples: [
    { text: "HBF reads 4 KiB in 20 us.\n", finds: ["1:11", "1:20"] },
    { text: "The vendor's target for HBF is 1.6 TB/s.\n", finds: [] },
    { text: "A page has 4 KiB.\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text, paragraph } of findSentences(file)) {
      if (!HARDWARE.test(text) || SOURCE.test(paragraph)) continue;
      for (const { index, 0: figure } of text.matchAll(FIGURE)) {
        yield { at: start + index, what: `'${figure}' of this hardware has no source` };
      }
    }
  },
};
