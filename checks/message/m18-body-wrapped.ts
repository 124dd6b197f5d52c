import { defineTextRule } from "../text-rule.ts";

const WIDEST = 75;
/** What may be longer: quotes, code and output, and words that can't be broken. */
const EXEMPT = /^(?:>|\s{2,}|\t)|^\S+$|https?:\/\/|^\[\d+\] /;

/** A patch has a message, and its lines are not too long. */
export const m18BodyWrapped = defineTextRule({
  id: "m18-body-wrapped",
  title: `a message is not empty and is wrapped at ${WIDEST} columns`,
  why: "the body says why, and is read in terminals with the indent of git log",
  source: "Documentation/process/submitting-patches.rst",
  fix: "say why the change is needed, in lines of at most 75 columns",
  bad: "a patch with tags and no text",
  good: "A runtime can't say which blocks it will read next. Let it.",
  reads: "patches and cover",
  *inMail({ parsed: { message, trailers, rawSubject } }) {
    const tags = new Set(trailers.map(({ line }) => line));
    const prose = message.filter(({ line, text }) => text.trim() !== "" && !tags.has(line));
    if (prose.length === 0) yield { line: rawSubject.line, what: "the message is empty" };
    for (const { text, line } of prose) {
      const { length } = [...text];
      if (length <= WIDEST || EXEMPT.test(text)) continue;
      yield { line, column: WIDEST + 1, what: `line has ${length} columns, at most ${WIDEST}` };
    }
  },
});
