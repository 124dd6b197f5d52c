import { defineTextRule, letterOf, requireLetter } from "../text-rule.ts";

const HEADING = new RegExp(
  "^[\\s*#=-]*(?:open (?:questions|issues)|to-?do\\b|not (?:done|yet)|limitations|future work" +
    "|known (?:issues|problems|bugs)|what is (?:missing|not)|questions)",
  "i",
);

/** An RFC says what is missing and what it asks. */
export const s20RfcSaysWhatIsOpen = defineTextRule({
  id: "s20-rfc-says-what-is-open",
  title: "an RFC says what is missing and what is open",
  why: "code that is posted unfinished has to name what remains to be done and known problems",
  source: "Documentation/process/5.Posting.rst",
  fix: "add a section 'Not done' or 'Open questions' to the cover letter",
  bad: "an RFC that reads as if it were finished",
  good: "Open questions\n==============",
  settle: requireLetter,
  inSeries(context) {
    const mail = letterOf(context);
    if (mail === undefined || mail.parsed.subject?.tags.includes("RFC") !== true) return [];
    const { message, notes, rawSubject } = mail.parsed;
    if ([...message, ...notes].some(({ text }) => HEADING.test(text))) return [];
    return [{ mail, line: rawSubject.line, what: "the RFC names nothing that is open" }];
  },
});
