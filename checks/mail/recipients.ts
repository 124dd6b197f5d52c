import type { ReviewContext } from "../context.ts";
import { type Mail, mailsOf } from "../text-rule.ts";

/** An address that a mail, or the series' configuration, names as a recipient. */
export interface Recipient {
  readonly mail: Mail;
  /** 1-based line of the header; 1 for an address of `patches/series.yaml`. */
  readonly line: number;
  /** As it is written: `Name <address>` or the address alone. */
  readonly text: string;
}

/** To and Cc of every mail, and of the configuration. */
export function recipientsOf(context: ReviewContext): Recipient[] {
  const mails = mailsOf(context);
  const [first] = mails;
  const { to, cc } = context.recipients;
  const configured = first === undefined ? [] : [...to, ...cc];
  return [
    ...configured.flatMap((text) => (first === undefined ? [] : [{ mail: first, line: 1, text }])),
    ...mails.flatMap((mail) =>
      mail.parsed.headers
        .filter(({ name }) => name === "to" || name === "cc")
        .flatMap(({ value, line }) => splitAddresses(value).map((text) => ({ mail, line, text }))),
    ),
  ];
}

/** Commas separate addresses, except in quotes. */
function splitAddresses(value: string): string[] {
  return (value.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((one) => one.trim()).filter(Boolean);
}
