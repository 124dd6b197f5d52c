import type { DocRule } from "../doc-rule.ts";
import { findSentences, isDenied } from "../sentences.ts";
import { wordPattern } from "../word-pattern.ts";

const LOUD = wordPattern(
  "gi",
  "zero[- ](?:overhead|cost)",
  "seamless(?:ly)?",
  "novel",
  "production[- ]ready",
  "state[- ]of[- ]the[- ]art",
  "revolutionary",
  "dramatic(?:ally)?",
  "blazing(?:ly)?",
  "perfect(?:ly)?",
  "transparently for free",
  "best[- ]in[- ]class",
);
/** Words that are right about semantics, "must never sleep", and wrong about speed. */
const ABSOLUTE = wordPattern("gi", "guarantees?", "guaranteed", "always", "never");
const SPEED = wordPattern(
  "i",
  "fast(?:er)?",
  "slow(?:s|er)?",
  "reduces?",
  "improves?",
  "hurts?",
  "costs?",
  "stalls?",
  "regress(?:es)?",
  "scales?",
  "latency",
  "throughput",
  "bandwidth",
);

/** A word that promises more than anybody can show. */
export const overclaim: DocRule = {
  id: "overclaim",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "no word promises more than can be shown",
  why: "a reviewer needs one counterexample, and then believes nothing else",
  source: "Documentation/process/submitting-patches.rst",
  examples: [
    { text: "A seamless, zero-overhead interface.\n", finds: ["1:3", "1:13"] },
    { text: "The hint always reduces the latency.\n", finds: ["1:10"] },
    { text: "The callback must never sleep, and always holds the lock.\n", finds: [] },
    { text: "This is not production-ready.\n", finds: [] },
  ],
  *check(file) {
    for (const { start, text } of findSentences(file)) {
      const absolute = [...text.matchAll(ABSOLUTE)].filter(({ index, 0: word }) => {
        const behind = text
          .slice(index + word.length)
          .trim()
          .split(/\s+/)
          .slice(0, 3);
        return SPEED.test(behind.join(" "));
      });
      for (const { index, 0: word } of [...text.matchAll(LOUD), ...absolute]) {
        if (isDenied(text, index)) continue;
        yield { at: start + index, what: `'${word}' promises more than can be shown` };
      }
    }
  },
};
