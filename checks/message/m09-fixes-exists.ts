import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const FIXES = /^([0-9a-f]{7,40}) \("(.*)"\)$/;

/** The commit that a patch says it mends is there, with that subject, below the base. */
export const m09FixesExists = defineTextRule({
  id: "m09-fixes-exists",
  title: "the commit of a Fixes tag is in the base, and has the subject that the tag says",
  why: "stable maintainers look for the commit in their trees to decide who needs the fix",
  source: "Documentation/process/submitting-patches.rst",
  fix: "use git log -1 --format='Fixes: %h (\"%s\")' --abbrev=12",
  bad: 'Fixes: 123456789abc ("mm: a commit that nobody has")',
  good: 'Fixes: e8fdb6a6ab0a ("mm: a commit of the base")',
  cost: "seconds",
  async settle(context) {
    if (fixesOf(context).length === 0) return undefined;
    const { isRoot } = await context.effects.baseFacts();
    if (!isRoot) return undefined;
    const missing = "the base has no history to look the commits of Fixes tags up in";
    return { kind: "not-run", missing, howToGet: "--tree DIR with a clone that has the history" };
  },
  async inSeries(context) {
    const found: SightingIn[] = [];
    for (const { mail, line, id, subject } of fixesOf(context)) {
      const commit = await context.effects.findCommit(id);
      const what =
        commit === undefined
          ? `there is no commit '${id}'`
          : commit.subject !== subject
            ? `commit '${id}' is '${commit.subject}'`
            : commit.isInBase
              ? undefined
              : `commit '${id}' is not in the base`;
      if (what !== undefined) found.push({ mail, line, what });
    }
    return found;
  },
});

interface FixesTag {
  readonly mail: ReviewedPatch;
  readonly line: number;
  readonly id: string;
  readonly subject: string;
}

function fixesOf({ patches }: ReviewContext): FixesTag[] {
  return patches.flatMap((mail) =>
    mail.parsed.trailers.flatMap(({ key, value, line }) => {
      const [, id, subject] = key === "Fixes" ? (FIXES.exec(value) ?? []) : [];
      return id === undefined || subject === undefined ? [] : [{ mail, line, id, subject }];
    }),
  );
}
