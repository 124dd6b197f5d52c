import { type FileDiff, scanDiff } from "./scan-diff.ts";

/** One line of a hunk. */
export interface DiffLine {
  readonly kind: "+" | "-" | " ";
  /** Without the first character. */
  readonly text: string;
  /** 1-based line of the patch file. */
  readonly line: number;
  /** 1-based line of the new file; that of the next line for a removed one. */
  readonly newLine: number;
}

/** The part of a patch that changes one file, with every line of it. */
export interface ChangedFile {
  readonly path: string;
  /** 1-based line of `diff --git`. */
  readonly line: number;
  readonly status: "added" | "deleted" | "modified";
  /** Octal mode such as `100644`, when the patch sets one. */
  readonly newMode: string | undefined;
  readonly binary: boolean;
  /** The lines of each hunk. */
  readonly hunks: readonly (readonly DiffLine[])[];
}

/**
 * Reads files, hunks and lines of a git diff.
 *
 * @param lines the patch file, split at newlines
 * @param start index of the first `diff --git` line
 */
export function parseFiles(lines: readonly string[], start: number): ChangedFile[] {
  const { files, end } = scanDiff(lines, start);
  return files.map((file, at) => readFile(lines, file, (files[at + 1]?.line ?? end + 1) - 1));
}

/** The lines that a patch adds to a file. */
export function addedLines(file: ChangedFile): DiffLine[] {
  return file.hunks.flat().filter(({ kind }) => kind === "+");
}

/** The part of the new file that a hunk shows, by hunk. */
export function newSides(file: ChangedFile): DiffLine[][] {
  return file.hunks.map((hunk) => hunk.filter(({ kind }) => kind !== "-"));
}

function readFile(lines: readonly string[], file: FileDiff, end: number): ChangedFile {
  const head = lines.slice(file.line, (file.hunks[0]?.line ?? end + 1) - 1);
  const headerOf = (name: string): string | undefined =>
    head.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const added = headerOf("new file mode");
  return {
    path: file.path,
    line: file.line,
    status:
      added !== undefined
        ? "added"
        : headerOf("deleted file mode") !== undefined
          ? "deleted"
          : "modified",
    newMode: added ?? headerOf("new mode"),
    binary: file.binary || head.some((line) => /^Binary files .* differ$/.test(line)),
    hunks: file.hunks.map((hunk, at) =>
      readHunk(lines, hunk.line, (file.hunks[at + 1]?.line ?? end + 1) - 1, hunk.newStart),
    ),
  };
}

function readHunk(
  lines: readonly string[],
  start: number,
  end: number,
  firstLine: number,
): DiffLine[] {
  const read: DiffLine[] = [];
  let newLine = firstLine;
  for (let at = start; at < end; at += 1) {
    const text = lines[at] ?? "";
    const kind = text[0];
    if (kind !== "+" && kind !== "-" && kind !== " ") continue;
    read.push({ kind, text: text.slice(1), line: at + 1, newLine });
    if (kind !== "-") newLine += 1;
  }
  return read;
}
