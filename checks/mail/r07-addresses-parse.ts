import { ToolError } from "../../tools/lib/error.ts";
import { defineTextRule, type SightingIn } from "../text-rule.ts";
import { addressOf } from "./get-maintainers.ts";
import { recipientsOf } from "./recipients.ts";

const BARE = /^[^\s<>@,;:"()]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
/** Names with these need quotes. */
const SPECIAL = /[()<>[\]:;@\\,."]/;

/** Addresses of people who asked to be left out, one a line, as get_maintainer.pl reads them. */
const IGNORED = ".get_maintainer.ignore";

/** Every recipient is an address that mail programs read as one, and wants to be one. */
export const r07AddressesParse = defineTextRule({
  id: "r07-addresses-parse",
  title: "every recipient is 'address' or 'Name <address>', and none asked to be left out",
  why: "a bad address makes servers refuse the whole mail, for all its recipients",
  source: "Documentation/process/submitting-patches.rst",
  fix: 'quote a name that has a dot or comma: "A. B" <a@example.org>',
  bad: "Cc: A. B <a@example.org",
  good: 'Cc: "A. B" <a@example.org>',
  async inSeries(context) {
    const recipients = recipientsOf(context);
    // Without a tree nobody is known to have asked.
    const text = await context.effects.baseText(IGNORED).catch(whenNoTree);
    const ignored = (text ?? "").split("\n").map((line) => addressOf(line.replace(/#.*/, "")));
    return recipients.flatMap(({ mail, line, text }): SightingIn[] => {
      if (!isAddress(text)) return [{ mail, line, what: `'${text}' is no address` }];
      if (!ignored.includes(addressOf(text))) return [];
      return [{ mail, line, what: `'${text}' is in ${IGNORED} of the base` }];
    });
  },
});

function whenNoTree(error: unknown): undefined {
  if (error instanceof ToolError && error.kind === "environment") return undefined;
  throw error;
}

function isAddress(text: string): boolean {
  const [, name, address] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? [];
  if (name === undefined || address === undefined) return BARE.test(text);
  return BARE.test(address) && (/^"[^"]*"$/.test(name) || !SPECIAL.test(name));
}
