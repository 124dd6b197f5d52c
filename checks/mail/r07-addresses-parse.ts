import { defineTextRule } from "../text-rule.ts";
import { recipientsOf } from "./recipients.ts";

const BARE = /^[^\s<>@,;:"()]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
/** Names with these need quotes. */
const SPECIAL = /[()<>[\]:;@\\,."]/;

/** Every recipient is an address that mail programs read as one. */
export const r07AddressesParse = defineTextRule({
  id: "r07-addresses-parse",
  title: "every recipient is 'address' or 'Name <address>'",
  why: "a bad address makes servers refuse the whole mail, for all its recipients",
  source: "Documentation/process/submitting-patches.rst",
  fix: 'quote a name that has a dot or comma: "A. B" <a@example.org>',
  bad: "Cc: A. B <a@example.org",
  good: 'Cc: "A. B" <a@example.org>',
  inSeries(context) {
    return recipientsOf(context)
      .filter(({ text }) => !isAddress(text))
      .map(({ mail, line, text }) => ({ mail, line, what: `'${text}' is no address` }));
  },
});

function isAddress(text: string): boolean {
  const [, name, address] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? [];
  if (name === undefined || address === undefined) return BARE.test(text);
  return BARE.test(address) && (/^"[^"]*"$/.test(name) || !SPECIAL.test(name));
}
