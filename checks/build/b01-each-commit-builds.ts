import type { BuildOutcome, ReviewContext, ReviewedPatch } from "../context.ts";
import type { Check, Diagnostic } from "../contract.ts";
import { lineOfSource } from "../static/changed-sources.ts";

const ID = "b01-each-commit-builds";
const WHY = "a commit that does not build breaks git bisect for everybody";

/** The kernel builds after each patch; the first patch that breaks it is named. */
export const b01EachCommitBuilds: Check<ReviewContext> = {
  id: ID,
  title: "the kernel builds after each patch",
  why: WHY,
  source: "Documentation/process/5.Posting.rst",
  cost: "minutes",
  page: {
    fix: "move what a patch uses into it, or into one before it",
    bad: "patch 3 calls hbf_check(), which patch 4 adds",
    good: "patch 3 adds hbf_check(), patch 4 calls it",
  },
  // Trees, not commits: a reworded message needs no build.
  async inputs({ patches, keys }) {
    return [await keys.build(), ...patches.map((patch) => patch.tree)];
  },
  async run(context) {
    for (const patch of context.patches) {
      context.onProgress(`building ${patch.position} ${patch.subject}`);
      const outcome = await context.effects.buildCommit(patch);
      if (outcome.ok) continue;
      return {
        verdict: { kind: "fail" },
        diagnostics: diagnose(patch, outcome),
        summary: `patch ${patch.position} is the first that does not build`,
        logFile: outcome.logFile,
        command: outcome.command,
      };
    }
    return {
      verdict: { kind: "pass" },
      diagnostics: [],
      summary: `${context.patches.length} commits built`,
    };
  },
};

function diagnose(patch: ReviewedPatch, outcome: BuildOutcome): Diagnostic[] {
  const place = { file: patch.file, patch: patch.position, commit: patch.commit };
  const common = { id: ID, severity: "error", why: WHY } as const;
  const fix = { text: `read the log '${outcome.logFile}'`, command: outcome.command };
  if (outcome.errors.length === 0) return [{ ...common, what: "make failed", fix, place }];
  return outcome.errors.map(({ text, file, line = 0 }) => {
    if (file === undefined) return { ...common, what: text, fix, place };
    // What breaks elsewhere is shown at the head of the patch that breaks it.
    const at = { ...place, line: lineOfSource(patch, file, line) };
    return { ...common, what: `${file}:${line}: ${text}`, fix, place: at };
  });
}
