import { defineTextRule } from "../text-rule.ts";
import { linesAddedTo } from "./added-code.ts";

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:__setup|early_param|core_param)\s*\(\s*"?([\w.]+)/, "boot parameter"],
  [/\bproc_(?:create|mkdir)\w*\s*\(\s*"([\w.-]+)"/, "/proc entry"],
  [/\.procname\s*=\s*"([\w.-]+)"/, "sysctl"],
];

/** New boot parameters, /proc entries and sysctls are documented in the same series. */
export const d07ParametersDocumented = defineTextRule({
  id: "d07-parameters-documented",
  title: "new boot parameters, /proc entries and sysctls are documented",
  why: "the checklist asks for each of them to be described in Documentation/",
  source: "Documentation/process/submit-checklist.rst",
  fix: "describe it in Documentation/admin-guide/ (kernel-parameters.txt, sysctl/) or filesystems/",
  bad: '__setup("hbf=", hbf_setup);',
  good: "\thbf=\t[MM] ... (in kernel-parameters.txt)",
  inSeries(context) {
    const docs = linesAddedTo(context, /^Documentation\//);
    return linesAddedTo(context, /\.[ch]$/).flatMap(({ text, mail, line }) =>
      PATTERNS.flatMap(([pattern, kind]) => {
        const name = pattern.exec(text)?.[1];
        if (name === undefined || docs.some((doc) => hasWord(doc.text, name))) return [];
        return [{ mail, line, what: `${kind} '${name}' is not documented` }];
      }),
    );
  },
});

function hasWord(text: string, word: string): boolean {
  return text.split(/[^\w.-]+/).includes(word);
}
