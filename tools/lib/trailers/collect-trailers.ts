import type { ForeignMail } from "../series/read-mailbox.ts";
import { placeInMail } from "../series/series-mail.ts";

/** A tag that somebody gave to a patch, and where it was found. */
export interface FoundTrailer {
  /** `Reviewed-by: Name <address>` */
  readonly text: string;
  /** `file:line` of the mail that has it. */
  readonly place: string;
}

/** A tag with the mail of the patch that it is about. */
export interface GivenTrailer extends FoundTrailer {
  readonly patch: ForeignMail;
}

/** A tag that is not taken. */
export interface LeftTrailer extends FoundTrailer {
  readonly why: string;
}

export interface CollectedTrailers {
  readonly given: readonly GivenTrailer[];
  readonly left: readonly LeftTrailer[];
}

/** The tags of other people; a sign-off is for the author to collect by hand. */
const TAG = /^((?!signed-off|co-developed)(?:[a-z]+-)+by):[ \t]*(\S.*?)\s*$/i;

/**
 * Finds the tags of a mailbox and the patches that they are about.
 *
 * A tag in an answer counts for the patch that is answered; in an answer to the cover letter, for
 * every patch of it. In the mail of a patch itself it counts for that patch. A tag that names
 * somebody else than the sender of the answer is left.
 */
export function collectTrailers(mails: readonly ForeignMail[]): CollectedTrailers {
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]));
  const given: GivenTrailer[] = [];
  const left: LeftTrailer[] = [];
  for (const mail of mails) {
    for (const { text, name, line } of tagsOf(mail)) {
      const found = { text, place: placeInMail(mail.series, line) };
      const patches = mail.kind === "patch" ? [mail] : answered(mail, mails, byId);
      if (mail.kind === "other" && !isSender(mail, name)) {
        left.push({ ...found, why: `'${mail.author} <${mail.email}>' wrote it` });
      } else if (patches.length === 0) {
        left.push({ ...found, why: "the mail answers no patch of this mailbox" });
      } else {
        given.push(...patches.map((patch) => ({ ...found, patch })));
      }
    }
  }
  return { given, left };
}

function tagsOf(mail: ForeignMail): { text: string; name: string; line: number }[] {
  if (mail.kind === "cover") return [];
  const lines = Buffer.from(mail.series.mail.bytes).toString("utf8").split("\n");
  const end = mail.series.mail.diffLine === 0 ? lines.length : mail.series.mail.diffLine;
  const body = lines.indexOf("") + 1;
  return lines.slice(body, end).flatMap((text, at) => {
    const [, key, name] = TAG.exec(text.replace(/\r$/, "")) ?? [];
    if (key === undefined || name === undefined) return [];
    const cased = `${key[0]?.toUpperCase()}${key.slice(1).toLowerCase()}`;
    return [{ text: `${cased}: ${name}`, name, line: body + at + 1 }];
  });
}

/** The patches that a mail is about: the nearest one that it answers, or all of a cover letter. */
function answered(
  mail: ForeignMail,
  mails: readonly ForeignMail[],
  byId: ReadonlyMap<string | undefined, ForeignMail>,
): readonly ForeignMail[] {
  for (const id of mail.answers) {
    const target = byId.get(id);
    if (target?.kind === "patch") return [target];
    if (target?.kind !== "cover") continue;
    const { version, part, messageId } = target;
    const ofCover = (one: ForeignMail): boolean =>
      one.version === version &&
      one.part?.total === part?.total &&
      (messageId === undefined || one.answers.length === 0 || one.answers.includes(messageId));
    return mails.filter((one) => one.kind === "patch" && ofCover(one));
  }
  return [];
}

function isSender(mail: ForeignMail, name: string): boolean {
  const address = /<([^>]+)>/.exec(name)?.[1] ?? name;
  const person = name.replace(/\s*<.*$/, "").replace(/^"(.*)"$/, "$1");
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return same(address, mail.email) || same(person, mail.author);
}
