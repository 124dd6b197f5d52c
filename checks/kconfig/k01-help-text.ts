import { defineTextRule } from "../text-rule.ts";
import { newSymbols } from "./new-symbols.ts";

/** As checkpatch counts for CONFIG_DESCRIPTION. */
const FEWEST_LINES = 4;

/** A new option explains itself to who configures a kernel. */
export const k01HelpText = defineTextRule({
  id: "k01-help-text",
  title: `a new Kconfig option has at least ${FEWEST_LINES} lines of help`,
  why: "who configures a kernel decides by the help text",
  source: "Documentation/process/submit-checklist.rst",
  fix: "say what the option does, what it costs and who should say Y",
  bad: 'config HBF\n\tbool "HBF"',
  good: 'config HBF\n\tbool "HBF"\n\thelp\n\t  What it does ...',
  *inMail({ parsed: { files } }) {
    for (const { name, line, hasPrompt, helpLines } of files.flatMap(newSymbols)) {
      if (!hasPrompt || helpLines >= FEWEST_LINES) continue;
      yield { line, what: `'${name}' has ${helpLines} lines of help, fewer than ${FEWEST_LINES}` };
    }
  },
});
