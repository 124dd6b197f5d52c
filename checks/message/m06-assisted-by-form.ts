import { defineTextRule } from "../text-rule.ts";

/** Assisted-by names the agent, its model and the tools. */
export const m06AssistedByForm = defineTextRule({
  id: "m06-assisted-by-form",
  title: "Assisted-by is 'AGENT:MODEL [TOOL ...]'",
  why: "the tag tells which tools had a part in a patch, and has a fixed form for that",
  source: "Documentation/process/coding-assistants.rst (mainline)",
  fix: "write 'Assisted-by: AGENT:MODEL', then the names of other tools, without an address",
  bad: "Assisted-by: Some Assistant <noreply@example.org>",
  good: "Assisted-by: AGENT:MODEL coccinelle sparse",
  *inMail({ parsed: { trailers } }) {
    for (const { key, value, line } of trailers) {
      if (key !== "Assisted-by" || /^[\w.-]+:[\w.-]+(?: [\w.[\]-]+)*$/.test(value)) continue;
      yield { line, what: `'${value}' is not 'AGENT:MODEL [TOOL ...]'` };
    }
  },
});
