import { ToolError } from "../error.ts";
import { type SeriesContext, withScratch } from "./apply-series.ts";

export interface DiffRequest extends SeriesContext {
  readonly old: CommitRange;
  readonly new: CommitRange;
}

/** Commits by the full ids of the one before the first, and of the last. */
export interface CommitRange {
  readonly base: string;
  readonly tip: string;
}

/** One side of a pair. */
export interface PairedPatch {
  /** Counts from 1. */
  readonly number: number;
  /** Full id. */
  readonly commit: string;
}

/** A patch of one version of a series and what it has become in another. */
export interface PatchPair {
  readonly status: "same" | "changed" | "added" | "removed";
  readonly old: PairedPatch | null;
  readonly new: PairedPatch | null;
  /** Of the old patch, else of the new one. */
  readonly subject: string;
}

/** How two versions of a series differ. */
export interface SeriesDiff {
  readonly schemaVersion: 1;
  readonly pairs: readonly PatchPair[];
  /** What `git range-diff` prints, for people. */
  readonly text: string;
}

/** Problem: git 2.39 does not heed --abbrev here, only the configuration. */
const rangeDiff = (abbrev: string): string[] => [
  "-c",
  `core.abbrev=${abbrev}`,
  "range-diff",
  "--no-color",
  "--no-notes",
];

/**
 * Pairs the patches of two versions of a series and tells what changed in each, as `git range-diff`
 * sees it without anybody's configuration.
 *
 * @throws ToolError (infra) `git-failed`
 */
export async function diffSeries(request: DiffRequest): Promise<SeriesDiff> {
  const ranges = [request.old, request.new].map(({ base, tip }) => `${base}..${tip}`);
  return await withScratch(request, async ({ git }) => {
    const summary = await git.bytes([...rangeDiff("no"), "--no-patch", ...ranges]);
    const text = await git.bytes([...rangeDiff("12"), ...ranges]);
    const pairs = parsePairs(new TextDecoder().decode(summary));
    return { schemaVersion: 1, pairs, text: new TextDecoder().decode(text) };
  });
}

const STATUS = { "=": "same", "!": "changed", "<": "removed", ">": "added" } as const;
const PAIR = /^ *(-|\d+): +([0-9a-f]+|-+) ([=!<>]) +(-|\d+): +([0-9a-f]+|-+) (.*)$/;

/** Reads the lines ` 1:  <id> ! 2:  <id> subject` of `git range-diff --no-patch`. */
export function parsePairs(summary: string): PatchPair[] {
  return summary
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, oldNumber, oldId, mark, newNumber, newId, subject] = PAIR.exec(line) ?? [];
      const status = STATUS[mark as keyof typeof STATUS];
      if (status === undefined || subject === undefined) throw misread(line);
      return { status, old: side(oldNumber, oldId), new: side(newNumber, newId), subject };
    });
}

/** A line of the inner diff that differs, and such a line of a tag that somebody else gave. */
const DIFFERS = /^ {4}[+-]/;
const TAG = /^ {4}[+-] {4}(?:Reviewed|Acked|Tested)-by: /;

/**
 * Numbers of the new patches that differ from the old ones in review tags alone.
 *
 * @param text what `git range-diff` prints with the diffs
 */
export function findRetagged(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  let last = 0;
  for (const line of text.split("\n")) {
    const [, , , mark, number] = PAIR.exec(line) ?? [];
    if (mark !== undefined) last = Number(number);
    if (mark === "!") found.add(last);
    if (DIFFERS.test(line) && !TAG.test(line)) found.delete(last);
  }
  return found;
}

function side(number: string | undefined, commit: string | undefined): PairedPatch | null {
  if (number === undefined || commit === undefined || number === "-") return null;
  return { number: Number(number), commit };
}

function misread(line: string): ToolError {
  return new ToolError(`cannot read '${line}' of git range-diff`, {
    kind: "internal",
    code: "range-diff-misread",
  });
}
