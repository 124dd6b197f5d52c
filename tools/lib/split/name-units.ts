import { createHash } from "node:crypto";
import type { FileChange, FileSide, Hunk, Unit } from "./change.ts";

const ID_DIGITS = 12;
const CONTEXT_DIGITS = 4;
const CONTEXT_LINES = 3;

/** A hunk that has no name yet. */
export type NamelessHunk = Omit<Hunk, "id">;

/**
 * Names the hunks of one file.
 *
 * The name is a hash of the path and of the removed and added lines, so it stays the same when the
 * series is rebased or when lines elsewhere change. Equal hunks of a file are told apart by a hash
 * of up to three old lines on each side, and where that is equal too, by their order.
 */
export function nameHunks(
  path: string,
  hunks: readonly NamelessHunk[],
  oldLines: readonly Uint8Array[],
): Hunk[] {
  const plain = hunks.map((hunk) => hashOf(path, hunk.removed, hunk.added).slice(0, ID_DIGITS));
  const plainCounts = countEach(plain);
  const withContext = hunks.map((hunk, at) => {
    const id = plain[at] ?? "";
    if (plainCounts.get(id) === 1) return id;
    const above = oldLines.slice(Math.max(0, hunk.oldStart - CONTEXT_LINES), hunk.oldStart);
    const below = hunk.oldStart + hunk.removed.length;
    const context = hashOf("", above, oldLines.slice(below, below + CONTEXT_LINES));
    return `${id}-${context.slice(0, CONTEXT_DIGITS)}`;
  });
  const counts = countEach(withContext);
  const seen = new Map<string, number>();
  return hunks.map((hunk, at) => {
    const id = withContext[at] ?? "";
    if (counts.get(id) === 1) return { ...hunk, id };
    const ordinal = (seen.get(id) ?? 0) + 1;
    seen.set(id, ordinal);
    return { ...hunk, id: `${id}.${ordinal}` };
  });
}

function countEach(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Names a change that cannot be taken in parts by the path, what it is and both its ends. */
export function nameWhole(kind: Unit["kind"], file: Pick<FileChange, "old" | "new">): string {
  const words = (side: FileSide | undefined): string[] =>
    side === undefined ? ["-"] : [side.path, side.mode, side.blob];
  const of =
    kind === "rename"
      ? [file.old?.path, file.new?.path]
      : kind === "mode"
        ? [file.new?.path, file.old?.mode, file.new?.mode]
        : [...words(file.old), ...words(file.new)];
  return createHash("sha256")
    .update(`${kind}\0${of.join("\0")}`, "latin1")
    .digest("hex")
    .slice(0, ID_DIGITS);
}

function hashOf(path: string, first: readonly Uint8Array[], second: readonly Uint8Array[]): string {
  const hash = createHash("sha256").update(`hunk\0${path}\0`, "latin1");
  for (const line of first) hash.update("-").update(line);
  hash.update("\0");
  for (const line of second) hash.update("+").update(line);
  return hash.digest("hex");
}
