import { parseTrailers } from "./parse-trailers.ts";
import { findDiffStart, type PatchProblem, skipHunkAt } from "./scan-diff.ts";

/** What git makes of the part of a mail between its headers and its diff. */
export interface MessageCut {
  /** Index of the line that ends the message for git, the number of lines when none does. */
  readonly cut: number;
  /** What is written as part of the message and does not become part of the commit. */
  readonly losses: readonly PatchProblem[];
  /** A diff in the message, which git would apply; undefined when there is none. */
  readonly nested: PatchProblem | undefined;
}

const SEPARATOR = /^---\s*$/;

/**
 * Finds where git ends the message of a mail, and what is lost there.
 *
 * As `builtin/mailinfo.c:patchbreak @ git 2.39`: a line `---`, one that begins with `--- `,
 * `diff -` or `Index: `. Notes between `---` and the diffstat are meant to be lost; a tag there, or
 * a second `---`, says that the first one was not meant.
 *
 * @param lines the mail, split at newlines
 * @param start index of the first line after the headers
 */
export function findMessageCut(lines: readonly string[], start: number): MessageCut {
  const cut = lines.findIndex((line, at) => at >= start && endsMessage(line));
  if (cut < 0) return { cut: lines.length, losses: [], nested: undefined };
  const { diffs, separators } = readLandmarks(lines, cut);
  const last = separators.at(-1) ?? cut;
  const inside = diffs.find((at) => at < last);
  if (inside !== undefined && diffs.some((at) => at > last)) {
    const what = "the message has a diff in it, which git would apply; indent its lines";
    return { cut, losses: [], nested: { line: inside + 1, what } };
  }
  const losses: PatchProblem[] = [];
  if (last > cut) {
    const what = `'${lines[cut]}' ends the message: git drops what follows, to the next '---'`;
    losses.push({ line: cut + 1, what });
  }
  const end = diffs[0] ?? lines.length;
  const below = lines.slice(cut + 1, end).map((text, at) => ({ text, line: cut + at + 2 }));
  for (const { line, text } of parseTrailers(below)) {
    losses.push({
      line,
      what: `'${text}' is lost: line ${cut + 1} ('${lines[cut]}') ends the message`,
    });
  }
  return { cut, losses, nested: undefined };
}

/** The first line of a commit's message that would end it in a mail; undefined for none. */
export function findCutLine(message: string): string | undefined {
  return message.trimStart().split("\n").slice(1).find(endsMessage);
}

function endsMessage(line: string): boolean {
  return /^(?:diff -|Index: |--- \S)/.test(line) || SEPARATOR.test(line);
}

/** Where diffs begin and `---` lines are, outside of hunks, up to the signature. */
function readLandmarks(
  lines: readonly string[],
  from: number,
): { readonly diffs: number[]; readonly separators: number[] } {
  const diffs: number[] = [];
  const separators: number[] = [];
  let next = findDiffStart(lines, from);
  for (let at = from; at < lines.length && lines[at] !== "-- "; at += 1) {
    const line = lines[at] ?? "";
    if (SEPARATOR.test(line)) separators.push(at);
    if (at > next) next = findDiffStart(lines, at);
    if (at === next) diffs.push(at);
    at = skipHunkAt(lines, at) - 1;
  }
  return { diffs, separators };
}
