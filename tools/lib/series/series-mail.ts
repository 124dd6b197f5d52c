import { basename } from "node:path";
import { ToolError } from "../error.ts";
import type { PatchMail } from "../patch/parse-mail.ts";

/** One mail of a series. */
export interface SeriesMail {
  /** Such as `0001-mm-add-x.patch`. */
  readonly name: string;
  /** The file that it is in; absolute for a mail of a stage's folder. */
  readonly path: string;
  readonly mail: PatchMail;
  /** 1-based line of the file where the mail begins, 1 unless told. */
  readonly firstLine?: number;
  /** The mail was encoded, and lines of `mail` are not those of the file. */
  readonly decoded?: boolean;
  /** Not written by rfckit. */
  readonly foreign?: boolean;
}

/** What names a place in a mail. */
export type MailPlace = Pick<SeriesMail, "path" | "firstLine" | "decoded" | "foreign">;

/** `file:line` of a line of a mail; for an encoded mail that of its first line. */
export function placeInMail(mail: MailPlace, line: number): string {
  const first = mail.firstLine ?? 1;
  return `${mail.path}:${mail.decoded === true ? first : first + line - 1}`;
}

/** The error for a mail that is no sound patch; `line` is a 1-based line of the mail. */
export function brokenMail(mail: MailPlace, line: number, what: string): ToolError {
  const decoded = mail.decoded === true ? ` (line ${line} of the decoded mail)` : "";
  return new ToolError(`${placeInMail(mail, line)}: not a sound patch: ${what}${decoded}`, {
    kind: "user",
    code: "patch-broken",
    hints:
      mail.foreign === true
        ? ["get the mail again as its author sent it, for example with b4 or from the archive"]
        : [
            `git restore ${basename(mail.path)}   (when the file is tracked)`,
            "rfckit series export   (writes it again)",
          ],
  });
}

/**
 * Refuses a mail that cannot become a commit.
 *
 * @throws ToolError (user) `patch-broken` with file and line
 */
export function requireSound(patch: SeriesMail): void {
  const problem = patch.mail.problems[0];
  if (problem !== undefined) throw brokenMail(patch, problem.line, problem.what);
  if (!patch.mail.headers.has("date")) {
    throw brokenMail(patch, 1, "it has no 'Date:' header, so its commit would have no date");
  }
}
