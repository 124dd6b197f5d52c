/** Something wrong with a patch file. */
export interface PatchProblem {
  /** 1-based line of the file. */
  readonly line: number;
  readonly what: string;
}

/** One `@@` hunk. */
export interface HunkPlace {
  /** First line of the old file that the hunk shows, 0 for a new file. */
  readonly oldStart: number;
  readonly newStart: number;
  /** 1-based line of the `@@` line in the patch file. */
  readonly line: number;
}

/** The part of a patch that changes one file. */
export interface FileDiff {
  /** Path after the change; the old one of a deleted file. As the patch spells it. */
  readonly path: string;
  /** 1-based line of `diff --git`. */
  readonly line: number;
  readonly hunks: readonly HunkPlace[];
  readonly binary: boolean;
}

/** What a scan found, up to the first problem. */
export interface DiffScan {
  readonly files: readonly FileDiff[];
  readonly problems: readonly PatchProblem[];
  /** Index of the first line after the diff, into the lines that were scanned. */
  readonly end: number;
}

interface OpenFile extends FileDiff {
  path: string;
  binary: boolean;
  readonly hunks: HunkPlace[];
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const GIT_HEADER = /^diff --git (?:"?a\/.*"? )?"?b\/(.*?)"?$/;

/** Index of the first line at or after `from` where a diff begins, -1 when there is none. */
export function findDiffStart(lines: readonly string[], from: number): number {
  return lines.findIndex((line, at) => {
    return at >= from && (line.startsWith("diff --git ") || isPlainHeader(lines, at));
  });
}

/** Whether a diff without git's own header begins here: `--- a/x`, `+++ b/x` and a hunk. */
function isPlainHeader(lines: readonly string[], at: number): boolean {
  if (!/^--- \S/.test(lines[at] ?? "")) return false;
  return /^\+\+\+ \S/.test(lines[at + 1] ?? "") && (lines[at + 2] ?? "").startsWith("@@ -");
}

/**
 * Finds files and hunks of a git diff, counting the lines of each hunk.
 *
 * @param lines the file, split at newlines, Latin-1
 * @param start index of the line where the diff begins, see `findDiffStart`
 */
export function scanDiff(lines: readonly string[], start: number): DiffScan {
  const files: OpenFile[] = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "-- ") break;
    if (line.startsWith("diff --git ")) {
      const path = GIT_HEADER.exec(line)?.[1] ?? "";
      files.push({ path, line: at + 1, hunks: [], binary: false });
      continue;
    }
    const open = files.at(-1);
    if ((open === undefined || open.hunks.length > 0) && isPlainHeader(lines, at)) {
      files.push({ path: "", line: at + 1, hunks: [], binary: false });
    }
    const file = files.at(-1);
    if (file === undefined) break;
    if (line === "GIT binary patch") file.binary = true;
    const target = /^(?:\+\+\+ b|rename to |--- a)\/?(.*)$/.exec(line);
    if (target !== null && file.hunks.length === 0) file.path = (target[1] ?? "").trimEnd();
    const hunk = HUNK.exec(line);
    if (hunk === null && line.startsWith("@@ ") && file.hunks.length === 0) {
      const problem = { line: at + 1, what: `'${line}' is no hunk header` };
      return { files, problems: [problem], end: at };
    }
    if (hunk === null) continue;
    file.hunks.push({ oldStart: Number(hunk[1]), newStart: Number(hunk[3]), line: at + 1 });
    const end = skipHunk(lines, at + 1, Number(hunk[2] ?? 1), Number(hunk[4] ?? 1));
    if (typeof end !== "number") return { files, problems: [end], end: at };
    if (goesOn(lines, end)) {
      const what = "the hunk has more lines than its header counts";
      return { files, problems: [{ line: end + 1, what }], end: at };
    }
    at = end - 1;
  }
  return { files, problems: [], end: at };
}

/** The index after the hunk that begins at `at`; that of the next line where none does. */
export function skipHunkAt(lines: readonly string[], at: number): number {
  const hunk = HUNK.exec(lines[at] ?? "");
  if (hunk === null) return at + 1;
  const end = skipHunk(lines, at + 1, Number(hunk[2] ?? 1), Number(hunk[4] ?? 1));
  return typeof end === "number" ? end : at + 1;
}

/** Problem: git takes a line after the counted ones for talk between hunks, and drops it. */
function goesOn(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? "";
  return /^[ +-]/.test(line) && !/^--\s*$/.test(line) && !isPlainHeader(lines, at);
}

/** The index after a hunk of `olds` and `news` lines, or what is wrong with it. */
function skipHunk(
  lines: readonly string[],
  start: number,
  olds: number,
  news: number,
): number | PatchProblem {
  let at = start;
  for (; olds > 0 || news > 0; at += 1) {
    const line = lines[at];
    const atEnd = line === undefined || (line === "" && at === lines.length - 1);
    if (atEnd) return { line: at + 1, what: "the file ends in the middle of a hunk" };
    const kind = line === "" ? " " : line[0];
    if (kind === " " || kind === "-") olds -= 1;
    if (kind === " " || kind === "+") news -= 1;
    const fits = olds >= 0 && news >= 0 && (kind === "\\" || /^[ +-]$/.test(kind ?? ""));
    if (!fits) return { line: at + 1, what: "the hunk has other lines than its header counts" };
  }
  return at;
}
