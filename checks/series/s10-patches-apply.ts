import { defineTextRule, type SightingIn } from "../text-rule.ts";

/** The mails, applied one after another on the base, give the trees of the commits. */
export const s10PatchesApply = defineTextRule({
  id: "s10-patches-apply",
  title: "each patch applies on those before it and makes the tree of its commit",
  why: "maintainers apply mails, not the commits that the author has tested",
  source: "Documentation/process/submitting-patches.rst",
  fix: "export the patches from the commits again",
  bad: "a hunk whose context the base does not have",
  good: "git apply --cached of each patch, and the tree of each commit",
  cost: "seconds",
  async inSeries({ patches, effects }) {
    const applied = await effects.applyInOrder();
    return patches.flatMap((mail, at): SightingIn[] => {
      const { tree, problem } = applied[at] ?? { tree: mail.tree, problem: "" };
      const line = mail.parsed.files[0]?.line ?? 1;
      if (tree === undefined) return [{ mail, line, what: `does not apply: ${problem}` }];
      return tree === mail.tree ? [] : [{ mail, line, what: "makes another tree than its commit" }];
    });
  },
});
