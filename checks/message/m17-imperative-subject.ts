import { defineTextRule } from "../text-rule.ts";

const STEMS =
  "add|fix|remov|chang|updat|us|introduc|implement|mov|renam|convert|replac|improv|allow|support|" +
  "drop|clean|check|handl|refactor|export|mak|creat|enabl|disabl|document|test|validat|switch";
const NOT_IMPERATIVE = new RegExp(`^(?:${STEMS})(?:p?ed|p?ing|e?s)$`, "i");
const FILE_NAME = /^[\w/-]+\.(?:c|h|S|rst|txt|py|sh)$/;
const SELF = /\b[Tt]his (?:patch|commit)\b/;

/** A patch is written as an order to the code base. */
export const m17ImperativeSubject = defineTextRule({
  id: "m17-imperative-subject",
  title: "subject and message are in the imperative mood",
  why: "a patch is described as if it gave orders to the code base: 'make xyzzy do frotz'",
  source: "Documentation/process/submitting-patches.rst",
  fix: "begin with the verb ('add', not 'added' or 'this patch adds'), without a full stop",
  bad: "mm: hbf: Added a device.",
  good: "mm: hbf: add a device",
  *inMail({ parsed: { subject, rawSubject, message } }) {
    const text = subject?.text ?? rawSubject.text;
    const { line } = rawSubject;
    const words = text.split(": ");
    const [verb = ""] = (words.at(-1) ?? "").split(" ");
    if (NOT_IMPERATIVE.test(verb)) yield { line, what: `'${verb}' is not an imperative` };
    if (/[^.]\.$/.test(text)) yield { line, what: "subject ends with a full stop" };
    const file = words.slice(0, -1).find((prefix) => FILE_NAME.test(prefix));
    if (file !== undefined) yield { line, what: `'${file}' is a file, not a subsystem` };
    for (const { text: sentence, line: at } of message) {
      const self = SELF.exec(sentence)?.[0];
      if (self !== undefined) yield { line: at, what: `'${self}' describes the patch, not orders` };
      else if (/(?:^|[.;] )(?:I|We) [a-z]/.test(sentence)) {
        yield { line: at, severity: "warning", what: "a sentence is about its author" };
      }
    }
  },
});
