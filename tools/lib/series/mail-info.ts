import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Git } from "../git/git.ts";
import { lastWords } from "../proc/check-result.ts";
import { brokenMail, type SeriesMail } from "./series-mail.ts";

/** What `git mailinfo` makes of a mail. */
export interface MailInfo {
  readonly author: string;
  readonly email: string;
  readonly date: string;
  /** UTF-8. */
  readonly message: string;
  /** File with the diff alone. */
  readonly diffFile: string;
}

const MAILINFO = ["mailinfo", "--encoding=UTF-8", "--no-scissors", "--quoted-cr=nowarn"];

/** A mail to be read; its name and place are for messages. */
export type MailToRead = Pick<SeriesMail, "path" | "firstLine" | "foreign"> & {
  readonly mail: Pick<SeriesMail["mail"], "bytes">;
};

/** Where git runs, and a directory for its two files. */
export interface MailDesk {
  readonly git: Git;
  readonly workDir: string;
}

/**
 * Reads a mail as `git am` does.
 *
 * Of a mail that rfckit wrote, a tag such as `[foo]` belongs to the subject and stays (`-b`); of
 * other people's, everything in brackets goes, as `git am` has it by default.
 *
 * @throws ToolError (user) `patch-broken`
 */
export async function readMailInfo(patch: MailToRead, target: MailDesk): Promise<MailInfo> {
  const messageFile = join(target.workDir, "message");
  const diffFile = join(target.workDir, "diff");
  await writeFile(messageFile, "");
  const brackets = patch.foreign === true ? [] : ["-b"];
  const args = [...MAILINFO, ...brackets, messageFile, diffFile];
  const result = await target.git.run(args, { input: patch.mail.bytes });
  if (result.code !== 0) throw brokenMail(patch, 1, lastWords(result));
  const lines = new TextDecoder().decode(result.stdout).split("\n");
  const fieldOf = (name: string): string => {
    const line = lines.find((one) => one.startsWith(`${name}: `));
    // A reply in a mailbox may lack anything; requireSound looks at those that are patches.
    if (line === undefined && patch.foreign === true) return "";
    if (line === undefined) throw brokenMail(patch, 1, `it has no ${name.toLowerCase()}`);
    return line.slice(name.length + 2);
  };
  const body = await readFile(messageFile, "utf8");
  return {
    author: fieldOf("Author"),
    email: fieldOf("Email"),
    date: fieldOf("Date"),
    message: cleanMessage(`${fieldOf("Subject")}\n\n${body}`),
    diffFile,
  };
}

/** As `git stripspace`: no space at line ends, no two empty lines together, none at the ends. */
export function cleanMessage(message: string): string {
  const lines = message.split("\n").map((line) => line.replace(/[ \t\r\v\f]+$/, ""));
  const kept = lines.filter((line, at) => line !== "" || (lines[at - 1] ?? "") !== "");
  const text = kept.join("\n").replace(/^\n+|\n+$/g, "");
  return text === "" ? "" : `${text}\n`;
}
