import { defineTextRule } from "../text-rule.ts";
import { addressOf, attestUnsigned, signOffsOf } from "./sign-offs.ts";

const NAMES = new RegExp(
  [
    "^claude(?: (?:code|opus|sonnet|haiku)\\b.*)?$",
    "^(?:chatgpt|gpt-|(?:github )?copilot|codex|gemini)",
    "^(?:cursor(?: agent)?|devin(?: ai)?)$",
    "\\[bot\\]$|\\bbot$",
  ].join("|"),
  "i",
);
const ADDRESSES = /^no-?reply@|@users\.noreply\.|@(?:anthropic|openai)\.com$|\[bot\]/;

/** Only people sign off. */
export const m05NoMachineSignOff = defineTextRule({
  id: "m05-no-machine-sign-off",
  title: "no program signs off",
  why: "only a human can certify the Developer's Certificate of Origin",
  source: "Documentation/process/coding-assistants.rst (mainline)",
  fix: "remove the tag; name a tool that helped with 'Assisted-by: AGENT:MODEL'",
  bad: "Signed-off-by: Some Assistant <noreply@example.org>",
  good: "Assisted-by: AGENT:MODEL",
  settle: (context) => attestUnsigned(context, "that a person, and no program, signs each patch"),
  *inMail(mail) {
    for (const { value, line } of signOffsOf(mail)) {
      const name = value.replace(/\s*<.*$/, "");
      if (NAMES.test(name) || ADDRESSES.test(addressOf(value))) {
        yield { line, what: `'${value}' does not look like a person` };
      }
    }
  },
});
