import { defineTextRule } from "../text-rule.ts";

const MOST = 15;

/** A series is short enough to be reviewed. */
export const s03AtMost15Patches = defineTextRule({
  id: "s03-at-most-15-patches",
  title: `the series has at most ${MOST} patches`,
  why: "reviewers are asked for 15 patches or so at a time, and for the rest after these",
  source: "Documentation/process/submitting-patches.rst",
  fix: "post the first patches alone, or split the series in two that stand alone",
  bad: "[RFC PATCH 16/16] mm: add one more",
  good: "[RFC PATCH 15/15] mm: add the last",
  inSeries({ patches }) {
    const [first] = patches.slice(MOST);
    if (first === undefined) return [];
    const what = `the series has ${patches.length} patches, more than ${MOST}`;
    return [{ mail: first, line: first.parsed.rawSubject.line, what }];
  },
});
