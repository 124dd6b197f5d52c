import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import type { ReviewContext, ReviewedPatch, RoundTripOutcome } from "../../../checks/context.ts";
import { runCheckpatch } from "../../lib/checkpatch/run-checkpatch.ts";
import type { SeriesConfig } from "../../lib/config/series-schema.ts";
import { contentKey } from "../../lib/fs/content-store.ts";
import { parsePatch } from "../../lib/patch/parse-patch.ts";
import type { SeriesFolder } from "../../lib/series/read-folder.ts";
import { type RoundTripDifference, roundTrip } from "../../lib/series/round-trip.ts";
import { mapLimited } from "../map-limited.ts";
import type { OpenSeries } from "../open-series.ts";
import type { LabWork } from "./lab-work.ts";
import { openSeriesText } from "./series-text.ts";

export interface ReviewRequest {
  readonly open: OpenSeries;
  readonly config: SeriesConfig;
  readonly folder: SeriesFolder;
  readonly patches: readonly ReviewedPatch[];
  readonly projectDir: string;
  readonly codeKey: string;
  /** Lends a folder with the files of the base, for tools that live in the kernel tree. */
  readonly withToolsDir: <Result>(use: (dir: string) => Promise<Result>) => Promise<Result>;
  readonly lab: LabWork;
  readonly onProgress: (line: string) => void;
}

const CHECKPATCH_TIMEOUT_MS = 120_000;

/** Gives the checks what they may look at and do, for one stage of a series. */
export function createReviewContext(request: ReviewRequest): ReviewContext {
  const { open, config, folder, patches, projectDir, lab } = request;
  const { base, where, shared } = open;
  const cover = folder.cover;
  return {
    seriesName: config.name,
    stage: where.name,
    baseCommit: base,
    patches,
    coverLetter:
      cover === undefined
        ? undefined
        : {
            file: relative(projectDir, cover.path),
            bytes: cover.mail.bytes,
            parsed: parsePatch(cover.mail.bytes),
          },
    version: where.stage.version,
    recipients: config.recipients,
    waivers: config.waivers,
    onProgress: request.onProgress,
    keys: {
      // The base commit's id stands for the content of every file in it.
      treeFile: async (path) => `${base}:${path}`,
      systemFile: hashFile,
      exporter: async () => request.codeKey,
      build: () => lab.buildKey(),
      verify: () => lab.verifyKey(),
    },
    effects: {
      checkpatch: (inputs) =>
        request.withToolsDir((treeDir) =>
          mapLimited(inputs, availableParallelism(), (patch) =>
            runCheckpatch({
              treeDir,
              patch,
              timeoutMs: CHECKPATCH_TIMEOUT_MS,
              signal: shared.signal,
            }),
          ),
        ),
      roundTrip: async () => {
        const result = await roundTrip({ ...shared, base, dir: folder.dir, stage: where.stage });
        return outcomeOf(result.differences, relative(projectDir, folder.dir));
      },
      ...openSeriesText(open, patches.at(-1)?.commit ?? base),
      buildCommit: (patch) => lab.buildCommit(patch),
      verify: () => lab.verify(),
    },
  };
}

function outcomeOf(differences: readonly RoundTripDifference[], folder: string): RoundTripOutcome {
  const [first] = differences;
  if (first === undefined) return { identical: true };
  const what = {
    differs: describeDifference(first),
    missing: "an export of the commits makes this file, and it is not there",
    extra: "an export of the commits does not make this file",
  }[first.kind];
  return { identical: false, difference: { file: join(folder, first.name), what } };
}

function describeDifference({ first }: RoundTripDifference): string {
  if (first === undefined) return "differs from an export of its commit";
  return `line ${first.line} differs from an export of its commit: ${first.lines.join(" | ")}`;
}

async function hashFile(path: string): Promise<string> {
  try {
    return contentKey([await readFile(path)]);
  } catch {
    return "absent";
  }
}
