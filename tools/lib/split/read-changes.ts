import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import type { FileChange, FileSide, Unit, WholeChange } from "./change.ts";
import { nameHunks, nameWhole } from "./name-units.ts";
import { type HunkRange, parseHunkRanges } from "./parse-hunk-ranges.ts";
import { parseRawDiff, type RawRecord } from "./parse-raw-diff.ts";
import { readBlobs, splitLines } from "./read-blobs.ts";

/** All that could change the shape of a diff is said, so that hunks are the same everywhere. */
const DIFF_TREE = [
  "diff-tree",
  "-r",
  "--no-commit-id",
  "--full-index",
  "-M",
  "--no-rename-empty",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "--ignore-submodules=none",
  "--submodule=short",
  "--diff-algorithm=myers",
  "--indent-heuristic",
  "--inter-hunk-context=0",
  "-O/dev/null",
];

/**
 * Reads what differs between two trees as changes that can be handed out.
 *
 * @param git best a scratch repository, where no attributes or configuration have a say
 * @param from tree or commit before
 * @param to tree or commit after
 */
export async function readChanges(git: Git, from: string, to: string): Promise<FileChange[]> {
  const records = parseRawDiff(await git.bytes([...DIFF_TREE, "--raw", "-z", from, to, "--"]));
  const patch = await git.bytes([...DIFF_TREE, "-p", "-U0", from, to, "--"]);
  const sections = parseHunkRanges(patch);
  const ranges = records.map((record) => {
    // A changed file type is shown as a deletion and a creation.
    const [first] = sections.splice(0, record.status === "T" ? 2 : 1);
    return record.status === "T" ? [] : (first ?? []);
  });
  if (sections.length > 0) throw misread(`${sections.length} parts of a diff belong to no file`);
  const ids = records.flatMap((record, at) =>
    isText(record, ranges[at] ?? []) ? [record.old, record.new].flatMap(blobOf) : [],
  );
  const blobs = await readBlobs(git, ids);
  return records.map((record, at) => toChange(record, ranges[at] ?? [], blobs));
}

function blobOf(side: FileSide | undefined): string[] {
  return side === undefined ? [] : [side.blob];
}

function toChange(
  record: RawRecord,
  ranges: readonly HunkRange[],
  blobs: ReadonlyMap<string, Uint8Array>,
): FileChange {
  const both = { old: record.old, new: record.new };
  const text = isText(record, ranges);
  const units: Unit[] = wholeKinds(both.old, both.new, text).map((kind) => ({
    kind,
    id: nameWhole(kind, both),
  }));
  if (!text) return { ...both, oldLines: [], newLines: [], units };
  const [oldLines, newLines] = [linesOf(both.old, blobs), linesOf(both.new, blobs)];
  const hunks = ranges.map((range) => ({
    kind: "hunk" as const,
    oldStart: range.oldStart,
    newStart: range.newStart,
    removed: oldLines.slice(range.oldStart, range.oldStart + range.oldCount),
    added: newLines.slice(range.newStart, range.newStart + range.newCount),
  }));
  const path = both.new?.path ?? both.old?.path ?? "";
  return {
    ...both,
    oldLines,
    newLines,
    units: [...units, ...nameHunks(path, hunks, oldLines)],
  };
}

/** What changed apart from lines. A file that comes or goes with its lines needs nothing more. */
function wholeKinds(
  before: FileSide | undefined,
  after: FileSide | undefined,
  text: boolean,
): WholeChange["kind"][] {
  if (before === undefined) return text ? [] : ["create"];
  if (after === undefined) return text ? [] : ["delete"];
  const kinds: WholeChange["kind"][] = before.path === after.path ? [] : ["rename"];
  const content = !text && before.blob !== after.blob;
  const mode = before.mode !== after.mode;
  if (content || (mode && !(isRegular(before) && isRegular(after)))) kinds.push("content");
  else if (mode) kinds.push("mode");
  return kinds;
}

/** Symlinks and submodules are shown with lines, too, but cannot be taken by lines. */
function isText(record: RawRecord, ranges: readonly HunkRange[]): boolean {
  return ranges.length > 0 && isRegular(record.old) && isRegular(record.new);
}

function isRegular(side: FileSide | undefined): boolean {
  return side === undefined || side.mode.startsWith("100");
}

function linesOf(side: FileSide | undefined, blobs: ReadonlyMap<string, Uint8Array>): Uint8Array[] {
  return side === undefined ? [] : splitLines(blobs.get(side.blob) ?? new Uint8Array());
}

function misread(what: string): ToolError {
  return new ToolError(`cannot read git's diff: ${what}`, {
    kind: "internal",
    code: "diff-misread",
  });
}
