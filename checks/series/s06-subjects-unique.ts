import { defineTextRule } from "../text-rule.ts";

/** No two patches have the same subject. */
export const s06SubjectsUnique = defineTextRule({
  id: "s06-subjects-unique",
  title: "no two patches have the same subject",
  why: "the subject is the globally unique name of a patch, in bug trackers and in git log",
  source: "Documentation/process/submitting-patches.rst",
  fix: "say in each subject what this patch does and the other does not",
  bad: "two patches 'mm: hbf: add checks'",
  good: "'mm: hbf: check the range' and 'mm: hbf: check the node'",
  inSeries({ patches }) {
    const seen = new Map<string, string>();
    return patches.flatMap((mail) => {
      const text = mail.parsed.subject?.text ?? "";
      const before = seen.get(text);
      seen.set(text, mail.position);
      if (before === undefined) return [];
      const what = `patch ${before} has the same subject '${text}'`;
      return [{ mail, line: mail.parsed.rawSubject.line, what }];
    });
  },
});
