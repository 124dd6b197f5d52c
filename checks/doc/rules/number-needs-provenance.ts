import type { DocRule } from "../doc-rule.ts";
import { sectionAt } from "../sections.ts";
import { findSentences } from "../sentences.ts";

const RESULT = /\d(?:[\d.,]*\d)?\s?(?:%|percent\b|(?:x|times) (?:faster|slower)|(?:[nuµm]s)\b)/g;
/** What makes a number one that can be measured again: each pattern is one part of it. */
const PROVENANCE: readonly RegExp[] = [
  /\b(?:CPU|cores?|Xeon|EPYC|Ryzen|ARM|QEMU|machine|server|guest|VM)\b/i,
  /\bv?\d+\.\d+(?:\.\d+|-rc\d)?\b|\b[0-9a-f]{12,40}\b/,
  /\bCONFIG_\w+|\b(?:config|configuration|boot parameters?)\b/i,
  /\b(?:workload|benchmark|stress-ng|fio|sysbench|redis|kernel build)\b/i,
  /\b[nN] ?= ?\d+|\b\d+ (?:runs|samples|times)\b|\b(?:median|mean|stddev|spread|percentile|p99)\b/i,
];
const ENOUGH = 3;
const RESULT_FILE = /\.(?:json|csv|txt|log)\b|docs\/reference\/|:ref:`|:doc:`/;

/** A page that a command makes says with which one its numbers are made again. */
const MADE_BY = /^Made by `npm run [\w:-]+/m;

/** A measured number of which nobody can tell where it is from. */
export const numberNeedsProvenance: DocRule = {
  id: "number-needs-provenance",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "a measured number stands near machine, kernel, workload and count, or names its file",
  why: "a number that nobody can measure again proves nothing",
  source: "Documentation/process/submitting-patches.rst",
  examples: [
    { text: "It saves 12 % of the stalls.\n", finds: ["1:10"] },
    { text: "On a 2-core QEMU guest with 6.12, n=5 runs, it takes 12 us.\n", finds: [] },
    { text: "It takes 12 us (results/hint.json).\n", finds: [] },
    { text: "Made by `npm run bench`.\n\nIt takes 12 us.\n", finds: [] },
    { text: "The target is below 5 ms. At most 10 % may be used.\n", finds: [] },
  ],
  *check(file) {
    if (MADE_BY.test(file.source)) return;
    for (const { start, text, paragraph } of findSentences(file)) {
      if (/\b(?:target|at most|at least|below|above|limit|default|timeout|up to)\b/i.test(text)) {
        continue;
      }
      const section = sectionAt(file, start);
      const around = section ? file.source.slice(section.bodyStart, section.end) : paragraph;
      const parts = PROVENANCE.filter((pattern) => pattern.test(around)).length;
      if (parts >= ENOUGH || RESULT_FILE.test(paragraph)) continue;
      for (const { index, 0: number } of text.matchAll(RESULT)) {
        yield { at: start + index, what: `nothing near '${number}' says how it was measured` };
      }
    }
  },
};
