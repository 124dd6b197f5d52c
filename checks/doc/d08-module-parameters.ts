import { addedLines } from "../../tools/lib/patch/parse-files.ts";
import { defineTextRule } from "../text-rule.ts";

const PARAMETER = /\bmodule_param(?:_named|_array|_string|_cb|_hw\w*|_unsafe)?\s*\(\s*(\w+)/;

/** Each module parameter has its description beside it. */
export const d08ModuleParameters = defineTextRule({
  id: "d08-module-parameters",
  title: "each new module parameter has MODULE_PARM_DESC",
  why: "modinfo shows what a parameter does from this description alone",
  source: "Documentation/process/submit-checklist.rst",
  fix: 'add MODULE_PARM_DESC(name, "what it does");',
  bad: "module_param(limit, uint, 0444);",
  good: 'module_param(limit, uint, 0444);\nMODULE_PARM_DESC(limit, "...");',
  *inMail({ parsed: { files } }) {
    for (const file of files.filter(({ path }) => /\.[ch]$/.test(path))) {
      const added = addedLines(file);
      for (const { text, line } of added) {
        const name = PARAMETER.exec(text)?.[1];
        if (name === undefined) continue;
        const described = new RegExp(`\\bMODULE_PARM_DESC\\s*\\(\\s*${name}\\b`);
        if (added.some((one) => described.test(one.text))) continue;
        yield { line, what: `module parameter '${name}' has no MODULE_PARM_DESC` };
      }
    }
  },
});
