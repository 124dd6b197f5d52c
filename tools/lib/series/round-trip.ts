import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeriesStage } from "../config/series-schema.ts";
import { ToolError } from "../error.ts";
import { openGit } from "../git/git.ts";
import { readObjects } from "../git/read-objects.ts";
import { type FirstDifference, firstDifference } from "../patch/first-difference.ts";
import { commitFolder, type SeriesContext, withScratch } from "./apply-series.ts";
import { readPatchNotes } from "./export-series.ts";
import { attributesOf, formatIn } from "./format-series.ts";
import { COVER_TEXT, readSeriesFolder } from "./read-folder.ts";
import type { Recipients } from "./recipients.ts";

export interface RoundTripRequest extends SeriesContext {
  readonly dir: string;
  readonly stage: SeriesStage;
  readonly base: string;
  /** As of `FormatRequest`, a full id. */
  readonly published?: string;
  /** As of `FormatRequest`. */
  readonly recipients?: Recipients | undefined;
}

/** A mail that does not come back as it was. */
export interface RoundTripDifference {
  readonly name: string;
  /** `missing`: made from the commits but not in the folder; `extra`: the other way round. */
  readonly kind: "differs" | "missing" | "extra";
  /** Where it differs, for `differs`: `-` is the folder's line, `+` the one made again. */
  readonly first?: FirstDifference;
}

export interface RoundTripResult {
  /** Mails that were compared. */
  readonly count: number;
  readonly differences: readonly RoundTripDifference[];
}

/**
 * Makes commits from the mails of a folder and mails from the commits, and compares all bytes.
 * Nothing is written but temporary files.
 *
 * @throws as `applySeries` and `formatSeries`
 */
export async function roundTrip(request: RoundTripRequest): Promise<RoundTripResult> {
  const folder = await readSeriesFolder(request.dir);
  const coverText = folder.cover === undefined ? undefined : await readCoverText(request.dir);
  const patchNotes = await readPatchNotes(request.dir);
  const git = openGit({ dir: request.tree.gitDir, signal: request.signal });
  const [attributes] = await readObjects(git, [attributesOf(request.base)]);
  const made = await withScratch(
    request,
    async (scratch) => {
      const commits = await commitFolder(folder, request.base, scratch);
      const tip = commits.at(-1)?.commit ?? request.base;
      return await formatIn(scratch, { ...request, tip, coverText, patchNotes });
    },
    attributes?.bytes,
  );
  const cover = folder.cover === undefined ? [] : [folder.cover];
  const there = new Map([...cover, ...folder.patches].map(({ name, mail }) => [name, mail.bytes]));
  const differences: RoundTripDifference[] = [];
  for (const [name, bytes] of there) {
    const again = made.get(name);
    const first = again === undefined ? undefined : firstDifference(bytes, again);
    if (again === undefined) differences.push({ name, kind: "extra" });
    else if (first !== undefined) differences.push({ name, kind: "differs", first });
  }
  for (const name of made.keys()) {
    if (!there.has(name)) differences.push({ name, kind: "missing" });
  }
  return { count: there.size, differences };
}

async function readCoverText(dir: string): Promise<Uint8Array> {
  const path = join(dir, COVER_TEXT);
  try {
    return await readFile(path);
  } catch (error) {
    throw new ToolError(`cannot read '${path}', from which the cover letter is made`, {
      kind: "user",
      code: "cover-text-missing",
      hints: [`write ${path}: the subject, an empty line, the text`],
      cause: error,
    });
  }
}
