import { ToolError } from "../../tools/lib/error.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** Fewer commits say nothing of what a file's subjects begin with. */
const FEWEST = 3;
/** How many of the prefixes of a history are told. */
const SHOWN = 3;

/** A subject begins with the subsystem, separated by colons, as those before it did. */
export const m16SubjectPrefix = defineTextRule({
  id: "m16-subject-prefix",
  title: "a subject begins with 'subsystem: ', as other commits to its files do",
  why: "maintainers sort their mail by the subsystem at the start of the subject",
  source: "Documentation/process/submitting-patches.rst",
  fix: "use the prefix that git log shows for the files of the patch",
  bad: "Add the device that takes hints",
  good: "mm: hbf: add the device that takes hints",
  reads: "patches and cover",
  async facts(context) {
    const subjects: string[][] = [];
    for (const mail of context.patches) subjects.push(await historyOf(mail, context));
    return [JSON.stringify(subjects)];
  },
  *inMail({ parsed: { subject, rawSubject } }) {
    const text = subject?.text ?? rawSubject.text;
    if (!/^[A-Za-z0-9][\w/.,*+-]*(?: [\w/-]+)?: \S/.test(text)) {
      yield { line: rawSubject.line, what: `subject '${text}' has no 'subsystem: ' prefix` };
    }
  },
  async inSeries(context) {
    const found: SightingIn[] = [];
    for (const mail of context.patches) {
      const prefixes = (await historyOf(mail, context)).flatMap((one) => prefixOf(one) ?? []);
      const { subject, rawSubject } = mail.parsed;
      const own = prefixOf(subject?.text ?? rawSubject.text);
      if (own === undefined || prefixes.length < FEWEST) continue;
      const known = new Set(prefixes.flatMap(wordsOf));
      if (wordsOf(own).some((word) => known.has(word))) continue;
      const usual = [...new Set(prefixes)].slice(0, SHOWN).join("', '");
      const what = `'${own}' begins no other subject of these files; '${usual}' do`;
      found.push({ mail, line: rawSubject.line, what, severity: "warning" });
    }
    return found;
  },
});

/** Subjects of earlier commits to the files of a patch; none without a tree that has a history. */
async function historyOf({ parsed }: ReviewedPatch, { effects }: ReviewContext): Promise<string[]> {
  const old = parsed.files.filter(({ status }) => status !== "added");
  const subjects: string[] = [];
  for (const { path } of old) {
    subjects.push(...(await effects.subjectsOf(path).catch(unlessThereIsNoTree)));
  }
  return subjects;
}

/** The form of a subject is judged without a tree as well. */
function unlessThereIsNoTree(error: unknown): readonly string[] {
  if (error instanceof ToolError && error.kind === "environment") return [];
  throw error;
}

/** What stands before the last colon of a subject, such as `mm: hbf`. */
function prefixOf(subject: string): string | undefined {
  return /^((?:[\w/.,*+ -]+: ?)*[\w/.,*+ -]+): \S/.exec(subject)?.[1];
}

function wordsOf(prefix: string): string[] {
  return prefix
    .toLowerCase()
    .split(/[^\w*.+-]+/)
    .filter((word) => word !== "");
}
