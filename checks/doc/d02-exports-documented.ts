import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const EXPORT = /^EXPORT_SYMBOL(?:_GPL|_NS|_NS_GPL)?\((\w+)/;

/** What modules may call is described. */
export const d02ExportsDocumented = defineTextRule({
  id: "d02-exports-documented",
  title: "a function that is exported to modules has a kernel-doc comment",
  why: "an exported function is an interface, and its callers are written by others",
  source: "Documentation/process/submit-checklist.rst",
  fix: "describe the function, its parameters and its return value above it",
  bad: "EXPORT_SYMBOL_GPL(hbf_hint); without a comment",
  good: "/** * hbf_hint() - give a hint about a range",
  cost: "seconds",
  async inSeries({ patches, effects }) {
    const found: SightingIn[] = [];
    for (const mail of patches) {
      for (const file of changedSources(mail, /\.c$/)) {
        const exports = addedLines(file).flatMap(({ text, line }) => {
          const name = EXPORT.exec(text)?.[1];
          return name === undefined ? [] : [{ name, line }];
        });
        if (exports.length === 0) continue;
        const text = (await effects.textAt(mail.commit, file.path)) ?? "";
        for (const { name, line } of exports) {
          if (new RegExp(`^/\\*\\*\\n \\* ${name}\\b`, "m").test(text)) continue;
          found.push({ mail, line, what: `'${name}' is exported and not described` });
        }
      }
    }
    return found;
  },
});
