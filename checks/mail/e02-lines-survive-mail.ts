import { defineTextRule } from "../text-rule.ts";

/** RFC 5322, 2.1.1. */
const LONGEST = 998;

/** No line is changed on its way through mail servers. */
export const e02LinesSurviveMail = defineTextRule({
  id: "e02-lines-survive-mail",
  title: `no line is longer than ${LONGEST} bytes or starts with 'From '`,
  why: "mail servers break longer lines, and mailboxes change 'From ' at the start of a line",
  source: "Documentation/process/email-clients.rst",
  fix: "break the line, or begin it with another word",
  bad: "From here on, the lock is held.",
  good: "The lock is held from here on.",
  reads: "patches and cover",
  *inMail({ parsed: { lines } }) {
    for (const [at, text] of lines.entries()) {
      if (text.length * 3 > LONGEST && Buffer.byteLength(text) > LONGEST) {
        const what = `line has ${Buffer.byteLength(text)} bytes, at most ${LONGEST}`;
        yield { line: at + 1, column: LONGEST + 1, what };
      }
      if (at > 0 && text.startsWith("From ")) {
        yield { line: at + 1, what: "line starts with 'From '" };
      }
    }
  },
});
