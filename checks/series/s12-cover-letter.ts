import { defineTextRule } from "../text-rule.ts";

const PLACEHOLDER = /SUBJECT HERE|BLURB HERE|EDITME/;
const FEWEST_SENTENCES = 3;

/** A series of several patches has a cover letter that somebody has written. */
export const s12CoverLetter = defineTextRule({
  id: "s12-cover-letter",
  title: "a series of several patches has a written cover letter",
  why: "reviewers decide by the cover letter whether and in which order to read the patches",
  source: "Documentation/process/submitting-patches.rst",
  fix: "write cover-letter.txt: subject, empty line, at least three sentences; export the series",
  bad: "*** BLURB HERE ***",
  good: "what the series does, why, and what it leaves out",
  inSeries({ coverLetter: cover, patches }) {
    const [first] = patches;
    if (cover === undefined) {
      if (first === undefined || patches.length < 2) return [];
      const what = `a series of ${patches.length} patches has no cover letter`;
      return [{ mail: first, line: 1, what }];
    }
    const { rawSubject, message } = cover.parsed;
    const left = [rawSubject, ...message].find(({ text }) => PLACEHOLDER.test(text));
    if (left !== undefined) {
      return [{ mail: cover, line: left.line, what: `the placeholder '${left.text}' is left` }];
    }
    // Git puts the shortlog below the text: `Name (9):`.
    const end = message.findIndex(({ text }) => /^\S.* \(\d+\):$/.test(text));
    const prose = message.slice(0, end < 0 ? undefined : end).map(({ text }) => text);
    const sentences = prose.join("\n").match(/[.?!](?=\s|$)/g)?.length ?? 0;
    if (sentences >= FEWEST_SENTENCES) return [];
    const what = `the cover letter has ${sentences} sentences, fewer than ${FEWEST_SENTENCES}`;
    return [{ mail: cover, line: rawSubject.line, what }];
  },
});
