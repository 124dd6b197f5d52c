import { defineTextRule } from "../text-rule.ts";
import { newSymbols } from "./new-symbols.ts";

/** A new option is off until somebody asks for it. */
export const k02DefaultOff = defineTextRule({
  id: "k02-default-off",
  title: "a new Kconfig option is off by default",
  why: "nobody's kernel should change because of a feature that they don't know",
  source: "Documentation/process/submit-checklist.rst",
  fix: "remove the default: an option without one is off",
  bad: 'config HBF\n\tbool "HBF"\n\tdefault y',
  good: 'config HBF\n\tbool "HBF"',
  *inMail({ parsed: { files } }) {
    for (const { name, hasPrompt, defaults } of files.flatMap(newSymbols)) {
      const on = defaults.find(({ text }) => /^\s+default\s+(?:y|m)(?:\s|$)/.test(text));
      if (hasPrompt && on !== undefined) {
        yield { line: on.line, what: `'${name}' is on by default` };
      }
    }
  },
});
