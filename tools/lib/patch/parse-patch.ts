import { type ChangedFile, parseFiles } from "./parse-files.ts";
import { type PatchSubject, parseSubject } from "./parse-subject.ts";
import { parseTrailers, type TextLine, type Trailer } from "./parse-trailers.ts";
import { findDiffStart } from "./scan-diff.ts";

export interface MailHeader {
  /** Lower case. */
  readonly name: string;
  /** Unfolded and decoded. */
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** A patch mail or cover letter as people read it: what the rules for texts look at. */
export interface ParsedPatch {
  /** The whole file, decoded as UTF-8, split at newlines. */
  readonly lines: readonly string[];
  readonly headers: readonly MailHeader[];
  /** The Subject header with its place; empty when there is none. */
  readonly rawSubject: TextLine;
  /** Undefined when the subject has no `[PATCH]`. */
  readonly subject: PatchSubject | undefined;
  /** The value of a `From:` line at the start of the body. */
  readonly inBodyFrom: TextLine | undefined;
  /** The commit message: from the body's start to `---`, the diff or the signature. */
  readonly message: readonly TextLine[];
  /** What stands between `---` and the diffstat, and never becomes part of the commit. */
  readonly notes: readonly TextLine[];
  readonly trailers: readonly Trailer[];
  readonly files: readonly ChangedFile[];
}

const DIFFSTAT = /^ \S.* \| +(?:\d+|Bin|Unmerged)\b|^ \d+ files? changed/;

/** Reads a mail as `git format-patch` writes it; never throws, whatever the bytes. */
export function parsePatch(bytes: Uint8Array): ParsedPatch {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const { headers, end } = readHeaders(lines);
  const diff = findDiffStart(lines, end);
  const signature = lines.findIndex((line, at) => at >= end && line === "-- ");
  const stop = diff >= 0 ? diff : signature >= 0 ? signature : lines.length;
  const body = lines.slice(end, stop).map((text, at) => ({ text, line: end + at + 1 }));
  const [, sender] = /^From: (.+)$/.exec(body[0]?.text ?? "") ?? [];
  const first = sender === undefined ? 0 : 1;
  const divider = body.findIndex(({ text }) => text === "---");
  const message = body.slice(first, divider < 0 ? undefined : divider);
  const notes = divider < 0 ? [] : body.slice(divider + 1);
  const stat = notes.findIndex(({ text }) => DIFFSTAT.test(text));
  const { line, value: text } = headers.find(({ name }) => name === "subject") ?? NO_SUBJECT;
  return {
    lines,
    headers,
    rawSubject: { line, text },
    subject: parseSubject(text),
    inBodyFrom: sender === undefined ? undefined : { line: end + 1, text: sender },
    message,
    notes: stat < 0 ? notes : notes.slice(0, stat),
    trailers: parseTrailers(message),
    files: diff < 0 ? [] : parseFiles(lines, diff),
  };
}

const NO_SUBJECT: MailHeader = { name: "subject", value: "", line: 1 };

function readHeaders(lines: readonly string[]): { headers: MailHeader[]; end: number } {
  const headers: MailHeader[] = [];
  let at = /^From /.test(lines[0] ?? "") ? 1 : 0;
  for (; at < lines.length; at += 1) {
    const text = (lines[at] ?? "").replace(/\r$/, "");
    if (text === "") break;
    const [, name, value] = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(text) ?? [];
    const last = headers.at(-1);
    if (name !== undefined && value !== undefined) {
      headers.push({ name: name.toLowerCase(), value, line: at + 1 });
    } else if (/^[ \t]/.test(text) && last !== undefined) {
      headers[headers.length - 1] = { ...last, value: `${last.value} ${text.trim()}` };
    } else {
      break;
    }
  }
  return {
    headers: headers.map((one) => ({ ...one, value: decodeWords(one.value) })),
    end: at + 1,
  };
}

/** Decodes the encoded words of RFC 2047 in a header value; UTF-8 only, as git writes it. */
function decodeWords(value: string): string {
  return value.replaceAll(
    /=\?utf-8\?([qb])\?([^?]*)\?=(?:\s+(?==\?))?/gi,
    (_, form: string, text: string) =>
      form.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : Buffer.from(
            text
              .replaceAll("_", " ")
              .replaceAll(/=([0-9a-f]{2})/gi, (_all, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            "latin1",
          ).toString("utf8"),
  );
}
