/** Where a run of changed lines is: 0-based starts, counts of lines. */
export interface HunkRange {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

const LF = 10;
const BACKSLASH = 92;
const SECTION = "diff --git ";
const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads where the hunks of a patch made with `git diff-tree -p -U0` are, one list for each file in
 * the order of the patch. A file that differs without hunks (mode, binary) has an empty list.
 *
 * Lines of a hunk are skipped by count, so that no content is taken for a header.
 */
export function parseHunkRanges(patch: Uint8Array): HunkRange[][] {
  const sections: HunkRange[][] = [];
  let at = 0;
  const nextLine = (): number => {
    const end = patch.indexOf(LF, at);
    return end < 0 ? patch.length : end + 1;
  };
  while (at < patch.length) {
    const end = nextLine();
    const line = Buffer.from(patch.subarray(at, Math.min(end, at + 80))).toString("latin1");
    at = end;
    if (line.startsWith(SECTION)) sections.push([]);
    const header = HEADER.exec(line);
    if (header === null) continue;
    const range = toRange(header);
    sections.at(-1)?.push(range);
    for (let left = range.oldCount + range.newCount; left > 0; left -= 1) at = skipLine();
  }
  return sections;

  /** The end of a line of a hunk, with the remark that it has no newline. */
  function skipLine(): number {
    at = nextLine();
    return patch[at] === BACKSLASH ? nextLine() : at;
  }
}

/** Git counts lines from 1, and names the line before when a side is empty. */
function toRange(header: RegExpExecArray): HunkRange {
  const oldCount = Number(header[2] ?? 1);
  const newCount = Number(header[4] ?? 1);
  return {
    oldStart: Number(header[1]) - (oldCount === 0 ? 0 : 1),
    oldCount,
    newStart: Number(header[3]) - (newCount === 0 ? 0 : 1),
    newCount,
  };
}
