import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePatchMail } from "../patch/parse-mail.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import type { PatchProblem } from "../patch/scan-diff.ts";
import { type MailDesk, type MailInfo, readMailInfo } from "./mail-info.ts";
import { readPatchFile } from "./read-patch-file.ts";
import { placeInMail, type SeriesMail } from "./series-mail.ts";
import { type MailSource, type RawMail, splitMailbox } from "./split-mailbox.ts";

/** A mail of somebody's series, as `git am` reads it. */
export interface ForeignMail extends Omit<MailInfo, "diffFile"> {
  /** `cover`: number 0 and no diff; `other`: an answer, or any mail without a diff. */
  readonly kind: "patch" | "cover" | "other";
  /** The subject as it was sent, with all brackets, decoded. */
  readonly fullSubject: string;
  /** N and M of `[PATCH N/M]`; undefined when the mail is not numbered. */
  readonly part: { readonly number: number; readonly total: number } | undefined;
  /** N of `vN`, 1 when it is not written. */
  readonly version: number;
  readonly messageId: string | undefined;
  /** Ids of the mails that it answers, the nearest first. */
  readonly answers: readonly string[];
  /** Values of `base-commit:` and `prerequisite-patch-id:` below the text or the patch. */
  readonly baseCommit: string | undefined;
  readonly prerequisites: readonly string[];
  /** What git takes for the patch: notes, diffstat, diff, signature. */
  readonly patch: Uint8Array;
  /** The mail in the form that folders of a stage have; its text is not encoded. */
  readonly series: SeriesMail;
  /** What the commit will not have though it is written in the message, with `file:line`. */
  readonly losses: readonly { readonly place: string; readonly what: string }[];
}

export interface MailboxRequest extends MailDesk {
  readonly sources: readonly MailSource[];
  /** Keep the CR at the end of lines, as `git am --keep-cr`. */
  readonly keepCr?: boolean;
}

/**
 * Reads the files of a command line; `-` is standard input.
 *
 * @throws ToolError (user) `patch-missing`, `patch-broken`
 */
export async function openMailSources(paths: readonly string[]): Promise<MailSource[]> {
  return await Promise.all(
    paths.map(async (path) => ({
      path,
      bytes: await readPatchFile(path === "-" ? "/dev/stdin" : path),
    })),
  );
}

/**
 * Reads mailboxes and single mails as `git am` does: `git mailsplit` and `git mailinfo` decide.
 *
 * A mail may be broken: see `problems` in `series.mail`, and `requireSound`.
 *
 * @throws ToolError (user) `patch-broken` for a source that is no mail
 */
export async function readMailbox(request: MailboxRequest): Promise<ForeignMail[]> {
  const mails: ForeignMail[] = [];
  for (const [at, source] of request.sources.entries()) {
    const workDir = join(request.workDir, `mailbox-${at}`);
    await mkdir(workDir);
    const desk = { ...request, workDir };
    for (const raw of await splitMailbox(source, desk)) {
      mails.push(await readForeign(raw, desk, mails.length + 1));
    }
  }
  return mails;
}

async function readForeign(raw: RawMail, desk: MailDesk, index: number): Promise<ForeignMail> {
  const { path, firstLine } = raw;
  const look = parsePatch(raw.bytes);
  const place = { path, firstLine, foreign: true };
  const { diffFile, ...info } = await readMailInfo({ ...place, mail: raw }, desk);
  const patch = await readFile(diffFile);
  const fullSubject = look.rawSubject.text;
  const decoded = isEncoded(raw.bytes);
  const bytes = decoded ? writePlain(info, fullSubject, patch) : raw.bytes;
  const mail = parsePatchMail(bytes);
  const { subject } = look;
  const number = subject?.number === undefined ? undefined : Number(subject.number);
  const total = subject?.total;
  const noDiff = mail.diffLine === 0 && mail.problems.every(isLackOfDiff);
  const isReply = /^(?:re|aw|fwd?):/i.test(fullSubject);
  const digits = String(number ?? index).padStart(4, "0");
  const name = `${digits}-${fileNameOf(info.message)}.patch`;
  const series = { name, ...place, ...(decoded && { decoded }), mail };
  const tail = Buffer.from(bytes).toString("latin1");
  return {
    ...info,
    kind: isReply ? "other" : !noDiff ? "patch" : number === 0 ? "cover" : "other",
    fullSubject,
    part: number === undefined || total === undefined ? undefined : { number, total },
    version: subject?.version ?? 1,
    messageId: idsIn(headerOf(look.headers, "message-id"))[0],
    answers: [
      ...idsIn(headerOf(look.headers, "in-reply-to")),
      ...idsIn(headerOf(look.headers, "references")).toReversed(),
    ],
    baseCommit: /^base-commit: ([0-9a-f]{40,64})\s*$/m.exec(tail)?.[1],
    prerequisites: [...tail.matchAll(/^prerequisite-patch-id: ([0-9a-f]{40,64})\s*$/gm)].map(
      ([, id = ""]) => id,
    ),
    patch,
    series,
    losses: noDiff || isReply ? [] : placed(mail.losses, series),
  };
}

function isLackOfDiff({ what }: PatchProblem): boolean {
  return what === "it has no diff";
}

function idsIn(header: string): string[] {
  return [...header.matchAll(/<([^>\s]+)>/g)].map(([, id = ""]) => id);
}

function placed(losses: readonly PatchProblem[], mail: SeriesMail): ForeignMail["losses"] {
  return losses.map(({ line, what }) => ({ place: placeInMail(mail, line), what }));
}

function headerOf(headers: readonly { name: string; value: string }[], name: string): string {
  return headers.find((header) => header.name === name)?.value ?? "";
}

/** Whether the bytes of a mail are not the text that git makes of it. */
function isEncoded(bytes: Uint8Array): boolean {
  const [head = ""] = Buffer.from(bytes)
    .toString("latin1")
    .split(/\n\r?\n/, 1);
  if (/^content-transfer-encoding:\s*(?:base64|quoted-printable)/im.test(head)) return true;
  if (/^content-type:\s*multipart\//im.test(head)) return true;
  const [, charset = "utf-8"] =
    /^content-type:(?:.|\n[ \t])*?charset="?([^";\s]+)/im.exec(head) ?? [];
  return !/^(?:utf-?8|us-ascii)$/i.test(charset);
}

/** The mail as git would have written it without any encoding. */
function writePlain(
  info: Omit<MailInfo, "diffFile">,
  subject: string,
  patch: Uint8Array,
): Uint8Array {
  const head = `From: ${info.author} <${info.email}>\nDate: ${info.date}\nSubject: ${subject}\n`;
  const body = info.message.replace(/^[^\n]*\n\n?/, "");
  return Buffer.concat([Buffer.from(`${head}\n${body}`), patch]);
}

/** As git names the file of a patch. */
function fileNameOf(message: string): string {
  const [subject = ""] = message.split("\n", 1);
  const name = subject.replace(/[^A-Za-z0-9._]+/g, "-").replace(/^-+|[-.]+$/g, "");
  return name.slice(0, 52).replace(/[-.]+$/, "") || "patch";
}
