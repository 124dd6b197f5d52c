import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { changedSources } from "../static/changed-sources.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";

const NAME = /\.procname\s*=\s*"([\w.-]+)"/;
/** Where each table of sysctls is described; mm/ fills that of vm. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^mm\//, "Documentation/admin-guide/sysctl/vm.rst"],
  [/^(?:kernel|ipc|init)\//, "Documentation/admin-guide/sysctl/kernel.rst"],
  [/^fs\//, "Documentation/admin-guide/sysctl/fs.rst"],
];

/** A sysctl has its section on the page of its table. */
export const d09SysctlDocumented = defineTextRule({
  id: "d09-sysctl-documented",
  title: "a new sysctl has its section in Documentation/admin-guide/sysctl",
  why: "administrators find out by that page what a number in /proc/sys means",
  source: "scripts/check-sysctl-docs",
  fix: "add a heading with the name of the sysctl to the page of its table, in order",
  bad: '.procname = "hbf_limit_mb", and no section in vm.rst',
  good: "hbf_limit_mb\n============",
  cost: "seconds",
  async inSeries({ patches, effects, baseCommit }) {
    const tip = patches.at(-1)?.commit ?? baseCommit;
    const found: SightingIn[] = [];
    for (const mail of patches) {
      for (const file of changedSources(mail, /\.c$/)) {
        const page = PAGES.find(([folder]) => folder.test(file.path))?.[1];
        if (page === undefined) continue;
        for (const { text, line } of addedLines(file)) {
          const name = NAME.exec(text)?.[1];
          if (name === undefined) continue;
          const words = (await effects.textAt(tip, page)) ?? "";
          if (new RegExp(`^${name}(?:[, ].*)?\\n[=-]+$`, "m").test(words)) continue;
          found.push({ mail, line, what: `'${page}' has no section '${name}'` });
        }
      }
    }
    return found;
  },
});
