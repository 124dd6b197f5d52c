import type { BytePath, FileSide } from "./change.ts";

/** One record of `git diff-tree -r -z --raw`. */
export interface RawRecord {
  /** A added, D deleted, M modified, R renamed, T changed type. */
  readonly status: string;
  readonly old: FileSide | undefined;
  readonly new: FileSide | undefined;
}

const NO_FILE = "000000";

/**
 * Reads the records of `git diff-tree -r -z --raw`: paths are raw bytes ended by NUL.
 *
 * @param output standard output of git; a leading commit id line is not expected
 */
export function parseRawDiff(output: Uint8Array): RawRecord[] {
  const fields = Buffer.from(output).toString("latin1").split("\0");
  const records: RawRecord[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [oldMode = "", newMode = "", oldBlob = "", newBlob = "", status = ""] = (fields[at] ?? "")
      .slice(1)
      .split(" ");
    const letter = status.slice(0, 1);
    const paths = letter === "R" || letter === "C" ? 2 : 1;
    const first = fields[at + 1] ?? "";
    const last = fields[at + paths] ?? "";
    records.push({
      status: letter,
      old: side(first, oldMode, oldBlob),
      new: side(last, newMode, newBlob),
    });
    at += 1 + paths;
  }
  return records;
}

function side(path: BytePath, mode: string, blob: string): FileSide | undefined {
  return mode === NO_FILE ? undefined : { path, mode, blob };
}
