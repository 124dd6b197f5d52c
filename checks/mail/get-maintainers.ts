import type { ReviewContext, ReviewedPatch } from "../context.ts";
import { type Recipient, recipientsOf } from "./recipients.ts";

/** The address alone of `Name <address>`, `address (list)` or an address; lower case. */
export function addressOf(text: string): string {
  const bare = text.replace(/\s*\(.*\)\s*$/, "");
  return (/<([^>]+)>/.exec(bare)?.[1] ?? bare).trim().toLowerCase();
}

/** What get_maintainer.pl says of each patch, in order. */
export async function maintainersOfAll({
  patches,
  effects,
}: ReviewContext): Promise<readonly { mail: ReviewedPatch; addresses: readonly string[] }[]> {
  return await Promise.all(
    patches.map(async (mail) => {
      return { mail, addresses: (await effects.maintainersOf(mail)).map(addressOf) };
    }),
  );
}

/** Everybody who gets a patch: its own headers, those of the cover letter, the configuration. */
export function namedFor(context: ReviewContext, mail: ReviewedPatch): string[] {
  const isShared = (one: Recipient): boolean =>
    one.mail.file === mail.file || one.mail.position === undefined || one.line === 1;
  return recipientsOf(context)
    .filter(isShared)
    .map(({ text }) => addressOf(text));
}

/** Whether a mail names recipients itself; exported patches leave that to whoever sends them. */
export function hasRecipients({ patches, coverLetter }: ReviewContext): boolean {
  const mails = coverLetter === undefined ? patches : [coverLetter, ...patches];
  return mails.some(({ parsed }) => parsed.headers.some(({ name }) => /^(?:to|cc)$/.test(name)));
}
