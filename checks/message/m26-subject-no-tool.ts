import { defineTextRule } from "../text-rule.ts";

const TOOL = new RegExp(
  "\\b(?:checkpatch|smatch|coccinelle|coccicheck|coverity|cppcheck|clang-tidy|syzbot)\\b" +
    "|\\bsparse (?:warning|error)s?\\b",
  "i",
);

/** A subject says what the patch does, not which program asked for it. */
export const m26SubjectNoTool = defineTextRule({
  id: "m26-subject-no-tool",
  title: "a subject does not name the tool that found the problem",
  why: "the summary tells what the patch does; which tool found it belongs in the body",
  source: "scripts/checkpatch.pl (EMAIL_SUBJECT)",
  fix: "say what was wrong and is right now",
  bad: "mm: fix checkpatch warnings",
  good: "mm: add the missing spaces",
  *inMail({ parsed: { subject, rawSubject } }) {
    const text = (subject?.text ?? rawSubject.text).split(": ").at(-1) ?? "";
    const tool = TOOL.exec(text)?.[0];
    if (tool !== undefined) yield { line: rawSubject.line, what: `subject names '${tool}'` };
  },
});
