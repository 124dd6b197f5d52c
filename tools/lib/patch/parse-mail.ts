import { findMessageCut } from "./find-losses.ts";
import { findUnsafe } from "./find-unsafe.ts";
import { type FileDiff, findDiffStart, type PatchProblem, scanDiff } from "./scan-diff.ts";

/** A mail as `git format-patch` writes it, looked at; the bytes stay as they are. */
export interface PatchMail {
  readonly bytes: Uint8Array;
  /** Header values by lower-case name, unfolded, Latin-1, not decoded. */
  readonly headers: ReadonlyMap<string, string>;
  /** What is between headers and diff, Latin-1, with the `---` part. */
  readonly message: string;
  /** 1-based line where the diff begins, 0 when there is none. */
  readonly diffLine: number;
  readonly files: readonly FileDiff[];
  /** What stands in the message and will not be in the commit. */
  readonly losses: readonly PatchProblem[];
  /** What makes it unusable; none for a good one. */
  readonly problems: readonly PatchProblem[];
}

/** Above so many bytes a file is no patch that anybody reviews. */
export const MAX_PATCH_BYTES = 64 * 1024 * 1024;

/**
 * Looks at a mail just enough to name its parts and to say what is wrong with it.
 *
 * It does not decide what a commit gets: that is for `git mailinfo` and `git apply`.
 */
export function parsePatchMail(bytes: Uint8Array): PatchMail {
  const empty = { bytes, headers: new Map(), message: "", diffLine: 0, files: [], losses: [] };
  const bad = (what: string, line = 1): PatchMail => ({ ...empty, problems: [{ line, what }] });
  if (bytes.length === 0) return bad("the file is empty");
  if (bytes.length > MAX_PATCH_BYTES) return bad("the file is larger than 64 MiB");
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const nul = text.indexOf("\0");
  if (nul >= 0) return bad("the file has NUL bytes", text.slice(0, nul).split("\n").length);
  const lines = text.split("\n");
  const { headers, end } = parseHeaders(lines);
  if (!headers.has("from") || !headers.has("subject")) {
    return bad("it is not a patch mail: it has no 'From:' and 'Subject:' header");
  }
  const { losses, nested } = findMessageCut(lines, end);
  const start = findDiffStart(lines, end);
  const message = lines.slice(end, start < 0 ? undefined : start).join("\n");
  const looked = { ...empty, headers, message, losses };
  if (start < 0) return { ...looked, problems: [{ line: end + 1, what: "it has no diff" }] };
  const scan = scanDiff(lines, start);
  const problems = [
    ...(nested === undefined ? [] : [nested]),
    ...findUnsafe(lines, scan.files, scan.end),
    ...scan.problems,
  ];
  return { ...looked, diffLine: start + 1, files: scan.files, problems };
}

function parseHeaders(lines: readonly string[]): { headers: Map<string, string>; end: number } {
  const headers = new Map<string, string>();
  let name = "";
  let at = /^From /.test(lines[0] ?? "") ? 1 : 0;
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? "").replace(/\r$/, "");
    if (line === "") break;
    const header = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(line);
    if (header !== null) {
      name = (header[1] ?? "").toLowerCase();
      headers.set(name, header[2] ?? "");
    } else if (/^[ \t]/.test(line) && name !== "") {
      headers.set(name, `${headers.get(name)} ${line.trim()}`);
    } else {
      break;
    }
  }
  return { headers, end: at + 1 };
}
