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

/**
 * Finds files and hunks of a git diff, counting the lines of each hunk.
 *
 * @param lines the file, split at newlines, Latin-1
 * @param start index of the first `diff --git` line
 */
export function scanDiff(lines: readonly string[], start: number): DiffScan {
  const files: OpenFile[] = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "-- ") break;
    const header = /^diff --git (?:"?a\/.*"? )?"?b\/(.*?)"?$/.exec(line);
    if (header !== null) {
      files.push({ path: header[1] ?? "", line: at + 1, hunks: [], binary: false });
      continue;
    }
    const file = files.at(-1);
    if (file === undefined) break;
    if (line === "GIT binary patch") file.binary = true;
    const target = /^(?:\+\+\+ b|rename to |--- a)\/?(.*)$/.exec(line);
    if (target !== null && file.hunks.length === 0) file.path = (target[1] ?? "").trimEnd();
    const hunk = HUNK.exec(line);
    if (hunk === null) continue;
    file.hunks.push({ oldStart: Number(hunk[1]), newStart: Number(hunk[3]), line: at + 1 });
    const end = skipHunk(lines, at + 1, Number(hunk[2] ?? 1), Number(hunk[4] ?? 1));
    if (typeof end !== "number") return { files, problems: [end], end: at };
    at = end - 1;
  }
  return { files, problems: [], end: at };
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
