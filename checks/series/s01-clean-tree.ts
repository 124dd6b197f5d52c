import type { ReviewContext } from "../context.ts";
import { defineTextRule } from "../text-rule.ts";

/** A range is taken from a tree in which nothing is half done. */
export const s01CleanTree = defineTextRule({
  id: "s01-clean-tree",
  title: "no git operation is in progress, and tracked files are as committed",
  why: "what is not committed is not in the patches, and a rebase that goes on changes them",
  source: "project",
  fix: "finish or abort the operation, and commit or stash the changes",
  bad: "a tree in the middle of git rebase",
  good: "git status: nothing to commit",
  cost: "seconds",
  facts: async (context) => [JSON.stringify((await stateOf(context)) ?? null)],
  async inSeries(context) {
    const [mail] = context.patches;
    const state = await stateOf(context);
    if (mail === undefined || state === undefined) return [];
    const { operation, changed } = state;
    const unfinished = operation === undefined ? [] : [`the tree has an unfinished ${operation}`];
    const dirty = changed.map((path) => `'${path}' differs from what is committed`);
    return [...unfinished, ...dirty].map((what) => ({ mail, line: 1, what }));
  },
});

/** Patches of a folder come from their files: no worktree takes part. */
async function stateOf({ origin, effects }: ReviewContext) {
  return origin === "range" ? await effects.sourceState() : undefined;
}
