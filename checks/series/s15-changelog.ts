import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";
import type { ReviewContext } from "../context.ts";
import {
  defineTextRule,
  letterOf,
  type Mail,
  requireLetter,
  type SightingIn,
} from "../text-rule.ts";
import { attestWithoutHistory, historyKey, historyOf } from "./former.ts";

/** A title that is underlined, the shortlog and the base end a changelog, as another one does. */
const END = /^(?:={3,}|-{3,})$|^\S.* \(\d+\):$|^base-commit: |^changes (?:in|since) v\d|^v\d+:/i;

/** From the second version on, the series and each patch that changed say what has changed. */
export const s15Changelog = defineTextRule({
  id: "s15-changelog",
  title: "a later version and each patch that changed in it say what changed since the one before",
  why: "reviewers of the last version look for what was done about their comments",
  source: "Documentation/process/submitting-patches.rst",
  fix:
    "add 'Changes in vN' to the cover letter, and for each patch that changed below its '---', " +
    "or name the patch there as n/m or by its subject",
  bad: "[RFC PATCH v2 0/9] without a word on v1",
  good: "Changes in v2:\n- check the range before the node (link)",
  cost: "seconds",
  // What was before is asked only of a series that speaks of it: the letter is judged without.
  facts: async (context) => (isUntold(context) ? [] : await historyKey(context)),
  async settle(context) {
    if (context.version < 2) return undefined;
    const missing = requireLetter(context);
    if (missing !== undefined || isUntold(context)) return missing;
    return await attestWithoutHistory(context, "each patch that changed says what changed in it");
  },
  async inSeries(context) {
    const mail = letterOf(context);
    const { version } = context;
    if (mail === undefined || version < 2) return [];
    if (isUntold(context)) {
      const what = `version ${version} does not say what changed since version ${version - 1}`;
      return [{ mail, line: mail.parsed.rawSubject.line, what }];
    }
    const told = changelogOf(mail, version).join("\n").replaceAll(/\s+/g, " ");
    const history = await historyOf(context);
    return history.flatMap(({ status }, at): SightingIn[] => {
      const patch = context.patches[at];
      if (patch === undefined || status !== "changed" || isNamed(patch, told)) return [];
      if (changelogOf(patch, version).length > 0) return [];
      const what = `the patch has changed since version ${version - 1} and nobody says how`;
      return [{ mail: patch, line: patch.parsed.rawSubject.line, what }];
    });
  },
});

/** True for a later version of which the letter has no changelog. */
function isUntold(context: ReviewContext): boolean {
  const mail = letterOf(context);
  const { version } = context;
  return mail === undefined || version < 2 || changelogOf(mail, version).length === 0;
}

/** The lines of a mail on what is new in a version, with their heading. */
function changelogOf({ parsed: { message, notes } }: Mail, version: number): string[] {
  const before = version - 1;
  const named = `(?:v${version}|(?<!\\bin )v${before})`;
  const heading = new RegExp(
    `^(?:changes|changelog)\\b.*\\b${named}\\b|^v${before} ?-> ?v${version}\\b` +
      `|^v${version}(?: changes)?:`,
    "i",
  );
  const lines: readonly TextLine[] = [...message, ...notes];
  const start = lines.findIndex(({ text }) => heading.test(text));
  if (start < 0) return [];
  const end = lines.findIndex(({ text }, at) => at > start + 1 && END.test(text));
  return lines.slice(start, end < 0 ? undefined : end).map(({ text }) => text);
}

/** Whether a changelog speaks of a patch, as `3/9`, `patch 3`, or by its subject or its end. */
function isNamed({ position, parsed }: Mail, changelog: string): boolean {
  const [number, total] = (position ?? "").split("/");
  const byNumber = new RegExp(`\\b0*${number}/0*${total}\\b|\\bpatch(?:es)? #?0*${number}\\b`, "i");
  const subject = (parsed.subject?.text ?? parsed.rawSubject.text).replaceAll(/\s+/g, " ");
  const words = subject.replace(/^.*: /, "");
  return byNumber.test(changelog) || changelog.includes(words);
}
