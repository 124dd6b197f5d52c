import { defineTextRule } from "../text-rule.ts";

/** A subject begins with the subsystem, separated by colons. */
export const m16SubjectPrefix = defineTextRule({
  id: "m16-subject-prefix",
  title: "a subject begins with 'subsystem: '",
  why: "maintainers sort their mail by the subsystem at the start of the subject",
  source: "Documentation/process/submitting-patches.rst",
  fix: "use the prefix that git log shows for the files of the patch",
  bad: "Add the device that takes hints",
  good: "mm: hbf: add the device that takes hints",
  reads: "patches and cover",
  *inMail({ parsed: { subject, rawSubject } }) {
    const text = subject?.text ?? rawSubject.text;
    if (!/^[A-Za-z0-9][\w/.,*+-]*(?: [\w/-]+)?: \S/.test(text)) {
      yield { line: rawSubject.line, what: `subject '${text}' has no 'subsystem: ' prefix` };
    }
  },
});
