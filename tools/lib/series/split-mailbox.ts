import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ToolError } from "../error.ts";
import { lastWords } from "../proc/check-result.ts";
import type { MailDesk } from "./mail-info.ts";
import { brokenMail } from "./series-mail.ts";

/** A file with one mail or several, or what came from standard input. */
export interface MailSource {
  /** For messages: the path as the user typed it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A mail as `git mailsplit` cut it out of a mailbox. */
export interface RawMail {
  readonly path: string;
  /** 1-based line of the file where it begins. */
  readonly firstLine: number;
  readonly bytes: Uint8Array;
}

/**
 * Takes a mailbox apart as `git am` does; a file without a `From ` line is one mail.
 *
 * Like git it drops the CR at the end of lines unless `keepCr`.
 *
 * @throws ToolError (user) `patch-broken` for what is no mail
 */
export async function splitMailbox(
  source: MailSource,
  { git, workDir, keepCr }: MailDesk & { readonly keepCr?: boolean },
): Promise<RawMail[]> {
  const { path, bytes } = source;
  const blank = requireMail(source);
  const dir = join(workDir, "mails-split");
  await mkdir(dir, { recursive: true });
  const box = join(workDir, "mailbox");
  await writeFile(box, bytes);
  const options = ["-d6", "-b", ...(keepCr === true ? ["--keep-cr"] : [])];
  const result = await git.run(["mailsplit", ...options, `-o${dir}`, "--", box]);
  if (result.code !== 0) throw brokenMail({ path, foreign: true }, 1, lastWords(result));
  const count = Number(new TextDecoder().decode(result.stdout).trim());
  const names = (await readdir(dir)).sort().slice(0, count);
  const mails: RawMail[] = [];
  let firstLine = 1 + blank;
  for (const name of names) {
    const part = await readFile(join(dir, name));
    mails.push({ path, firstLine, bytes: part });
    firstLine += part.reduce((sum, byte) => sum + Number(byte === 0x0a), 0);
  }
  return mails;
}

/** As `builtin/am.c:detect_patch_format @ git 2.39`; gives the number of empty lines before. */
function requireMail({ path, bytes }: MailSource): number {
  const bad = (what: string, line = 1): ToolError =>
    brokenMail({ path, foreign: true }, line, what);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (text.trim() === "") throw bad("the file is empty");
  const nul = text.indexOf("\0");
  if (nul >= 0) throw bad("the file has NUL bytes", text.slice(0, nul).split("\n").length);
  const blank = /^\s*\n|^/.exec(text)?.[0] ?? "";
  const lines = text.slice(blank.length).split("\n", 500);
  const [first = ""] = lines;
  const skipped = blank.split("\n").length - 1;
  if (/^From[ :]/.test(first)) return skipped;
  const end = lines.findIndex((line) => line.trim() === "");
  const odd = lines
    .slice(0, end < 0 ? undefined : end)
    .findIndex((line) => !/^[ \t]|^[!-9;-~]+:/.test(line));
  if (odd < 0) return skipped;
  const diff = /^(?:diff |--- |Index: )/.test(first);
  const what = diff ? "it is a diff without a mail around it" : "it is no mail and no mailbox";
  throw bad(`${what}: '${(lines[odd] ?? "").slice(0, 40)}' is no mail header`, 1 + skipped + odd);
}
