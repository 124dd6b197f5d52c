import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext } from "../context.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const EXPORT = /^EXPORT_SYMBOL(?:_GPL|_NS|_NS_GPL)?\((\w+)/;

/**
 * What modules may call is described, and the description is on a page, as
 * scripts/find-unused-docs.sh asks of a whole folder.
 */
export const d02ExportsDocumented = defineTextRule({
  id: "d02-exports-documented",
  title: "a function that is exported to modules has a kernel-doc comment that a page includes",
  why: "an exported function is an interface, and its callers are written by others",
  source: "Documentation/process/submit-checklist.rst",
  fix:
    "describe the function, its parameters and its return value above it, and name the file in a " +
    "'.. kernel-doc::' below Documentation/",
  bad: "EXPORT_SYMBOL_GPL(hbf_hint); without a comment",
  good: "/** * hbf_hint() - give a hint about a range",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const found: SightingIn[] = [];
    for (const mail of patches) {
      for (const file of changedSources(mail, /\.c$/)) {
        const exports = addedLines(file).flatMap(({ text, line }) => {
          const name = EXPORT.exec(text)?.[1];
          return name === undefined ? [] : [{ name, line }];
        });
        if (exports.length === 0) continue;
        const text = (await effects.textAt(mail.commit, file.path)) ?? "";
        const isDescribed = ({ name }: { readonly name: string }): boolean =>
          new RegExp(`^/\\*\\*\\n \\* ${name}\\b`, "m").test(text);
        for (const { name, line } of exports.filter((one) => !isDescribed(one))) {
          found.push({ mail, line, what: `'${name}' is exported and not described` });
        }
        const described = exports.filter(isDescribed);
        if (described.length === 0 || (await isOnPage(file.path, tip, effects))) continue;
        for (const { name, line } of described) {
          const what = `'${name}' is described in '${file.path}', which no page includes`;
          found.push({ mail, line, what, severity: "warning" });
        }
      }
    }
    return found;
  },
});

/** Whether a page of a commit takes its text from a file; most of drivers/ is on none. */
async function isOnPage(
  path: string,
  commit: string,
  { searchAt }: Pick<ReviewContext["effects"], "searchAt">,
): Promise<boolean> {
  const pattern = `^ *\\.\\. kernel-doc:: *${path.replaceAll(".", "\\.")} *$`;
  return (await searchAt(commit, pattern, ["Documentation/*.rst"])).length > 0;
}
