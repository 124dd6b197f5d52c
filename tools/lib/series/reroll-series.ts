import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { addStage, type NewStage } from "../config/add-stage.ts";
import { SERIES_CONFIG_FILE, type StageLocation } from "../config/load-series-config.ts";
import { ToolError } from "../error.ts";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import { type Git, openGit } from "../git/git.ts";
import { frozenRefOf } from "../operation/frozen.ts";
import type { RefChange } from "../operation/operation-log.ts";
import { recordOperation } from "../operation/record-operation.ts";
import { readRef, type SeriesContext } from "./apply-series.ts";
import { coverSkeleton, type NamedPair, notesSkeleton } from "./changelog-skeleton.ts";
import { diffSeries } from "./diff-series.ts";
import { readCoverText, readPatchNotes } from "./export-series.ts";
import { PATCH_NOTES, parsePatchNotes, renderPatchNotes } from "./patch-notes.ts";
import { COVER_TEXT } from "./read-folder.ts";
import { readSeriesStatus } from "./series-status.ts";

export interface RerollRequest extends SeriesContext {
  readonly projectDir: string;
  /** Full id of the base commit. */
  readonly base: string;
  /** As of `FormatRequest`. */
  readonly published?: string;
  /** The version that is frozen. */
  readonly old: StageLocation;
  /** The version that is opened, and where it is. */
  readonly next: NewStage & Pick<StageLocation, "dir" | "ref">;
  /** Full id of the last commit of the next version; else what its ref has, else the old. */
  readonly tip?: string | undefined;
  /** Now, in seconds since 1970. */
  readonly nowS: number;
  readonly dryRun: boolean;
}

/** What was, or would be, done. */
export interface RerolledSeries {
  readonly pairs: readonly NamedPair[];
  /** Files that were written, absolute. */
  readonly written: readonly string[];
  readonly changes: readonly RefChange[];
}

/**
 * Freezes a version and opens the next one: a ref keeps the old commits, the old folder stays, the
 * new one gets the texts with a place to write for whatever changed.
 *
 * Files come first and the refs last, all in one transaction: when the refs have moved everything
 * is there. Done again, it adds what is missing and keeps what was written.
 *
 * @throws ToolError `stage-without-commits`, `stage-not-exported`, `stage-frozen` (user)
 */
export async function rerollSeries(request: RerollRequest): Promise<RerolledSeries> {
  const { base, old, next, dryRun } = request;
  const { signal, onCommand } = request;
  const git = openGit({ dir: request.tree.gitDir, signal, onCommand });
  const frozenRef = frozenRefOf(old.ref);
  const frozen = await readRef(git, frozenRef);
  const oldTip = frozen ?? (await requireExported(request));
  const before = await readRef(git, next.ref);
  const tip = request.tip ?? before ?? oldTip;
  const ranges = { old: { base, tip: oldTip }, new: { base, tip } };
  const { pairs } = await diffSeries({ ...request, ...ranges });
  const named = await namePairs(git, pairs);
  const files = await nextFiles(request, named);
  const changes: RefChange[] = [
    ...(frozen === undefined ? [{ ref: frozenRef, from: undefined, to: oldTip }] : []),
    ...(before === tip ? [] : [{ ref: next.ref, from: before, to: tip }]),
  ];
  const written = [...files.keys()];
  if (dryRun) return { pairs: named, written, changes };
  for (const [path, text] of files) await writeFileAtomic(path, text);
  if (changes.length > 0) {
    const summary = `freeze ${old.name} and open ${next.name} at ${tip.slice(0, 12)}`;
    const operation = { kind: "do" as const, command: "series reroll", summary, changes };
    await recordOperation({ git, operation, nowS: request.nowS });
  }
  return { pairs: named, written, changes };
}

/** The tip of a stage whose mails are those of its commits. */
async function requireExported(request: RerollRequest): Promise<string> {
  const { old } = request;
  const status = await readSeriesStatus({ ...request, ...old });
  const { tip, folder } = status;
  if (tip === undefined || folder === undefined) {
    throw refuse("stage-without-commits", `stage '${old.name}' has no commits`, [
      `rfckit series apply --stage ${old.name}`,
    ]);
  }
  const [differs] = [...folder.written, ...folder.removed];
  if (differs === undefined) return tip;
  throw refuse("stage-not-exported", `'${differs}' is not what the commits of the stage make`, [
    `rfckit series export --stage ${old.name}`,
    `rfckit series apply --stage ${old.name}   (when the mails are right)`,
  ]);
}

async function namePairs(
  git: Git,
  pairs: Awaited<ReturnType<typeof diffSeries>>["pairs"],
): Promise<NamedPair[]> {
  const ids = pairs.flatMap((pair) => [pair.old?.commit ?? [], pair.new?.commit ?? []].flat());
  const args = ["log", "--no-walk=unsorted", "--format=%H %s", ...ids, "--"];
  const lines = ids.length === 0 ? [] : await git.lines(args);
  const subjects = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
  return joinBySubject(
    pairs.map((pair) => ({
      status: pair.status,
      oldSubject: subjects.get(pair.old?.commit ?? ""),
      newSubject: subjects.get(pair.new?.commit ?? ""),
    })),
  );
}

/** Problem: range-diff takes a patch that changed much for one that went and one that came. */
function joinBySubject(pairs: readonly NamedPair[]): NamedPair[] {
  const gone = new Set(
    pairs.filter((one) => one.status === "removed").map((one) => one.oldSubject),
  );
  const come = new Set(pairs.filter((one) => one.status === "added").map((one) => one.newSubject));
  return pairs.flatMap((pair): NamedPair[] => {
    if (pair.status === "removed" && come.has(pair.oldSubject)) return [];
    if (pair.status !== "added" || !gone.has(pair.newSubject)) return [pair];
    return [{ status: "changed", oldSubject: pair.newSubject, newSubject: pair.newSubject }];
  });
}

/** The files of the next version that are not there as they should be, with their new text. */
async function nextFiles(
  { projectDir, old, next }: RerollRequest,
  pairs: readonly NamedPair[],
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const { version } = next.stage;
  const cover = await readCoverText(next.dir);
  const source = cover ?? (await readCoverText(old.dir));
  if (source !== undefined) {
    const text = Buffer.from(source).toString("utf8");
    const made = coverSkeleton(text, version, pairs);
    if (cover === undefined || made !== text) files.set(join(next.dir, COVER_TEXT), made);
  }
  const now = await readPatchNotes(next.dir);
  const oldNotes = parsePatchNotes((await readPatchNotes(old.dir)) ?? new Uint8Array());
  const nowNotes = parsePatchNotes(now ?? new Uint8Array());
  const notes = notesSkeleton(version, pairs, { old: oldNotes, now: nowNotes });
  const text = renderPatchNotes(notes);
  const same = now !== undefined && Buffer.from(now).toString("utf8") === text;
  if (!same && (notes.length > 0 || now !== undefined)) {
    files.set(join(next.dir, PATCH_NOTES), text);
  }
  const config = join(projectDir, SERIES_CONFIG_FILE);
  const yaml = await readFile(config, "utf8");
  if (!new RegExp(`^ +${next.name}:`, "m").test(yaml)) {
    files.set(config, addStage(yaml, next, config));
  }
  return files;
}

function refuse(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}
