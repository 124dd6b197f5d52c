import { join, relative } from "node:path";
import type { RoundTripOutcome } from "../../../checks/context.ts";
import { loadSeriesConfig } from "../../lib/config/load-series-config.ts";
import { ToolError } from "../../lib/error.ts";
import { readSeriesFolder, type SeriesFolder } from "../../lib/series/read-folder.ts";
import { type RoundTripDifference, roundTrip } from "../../lib/series/round-trip.ts";
import type { CommandContext } from "../command.ts";
import { mailedCommits } from "../mailed-commits.ts";
import { type OpenSeries, type OpenSeriesOptions, openSeries } from "../open-series.ts";
import { formerCommits } from "./former-version.ts";
import { type GateInput, keepFindings } from "./gate-input.ts";
import { reviewedCover, reviewedPatches } from "./reviewed-patches.ts";
import { findUnfit } from "./unfit-mails.ts";

/** An input, or a folder that cannot be read as a series at all. */
export type OpenedInput =
  | GateInput
  | (Pick<GateInput, "name" | "stage" | "baseCommit"> & {
      readonly broken: ToolError;
      /** What is broken, for the place of the finding. */
      readonly file: string;
    });

/**
 * Reads a stage of the project's series. Patches that do not apply still have texts to judge.
 *
 * @throws ToolError of the configuration and the kernel tree
 */
export async function openStageInput(
  options: OpenSeriesOptions,
  context: CommandContext,
): Promise<OpenedInput> {
  const open = await openSeries(options, context);
  const config = await loadSeriesConfig(context.projectDir);
  const { base, published, where, shared } = open;
  const head = { name: config.name, stage: where.name, baseCommit: published };
  const folder = await readSeriesFolder(where.dir).catch(keepFindings);
  if (folder instanceof ToolError) {
    return { ...head, broken: folder, file: relative(context.projectDir, where.dir) };
  }
  const commits = await mailedCommits(open, folder, context).catch(keepFindings);
  const failed = commits instanceof ToolError ? commits : undefined;
  const listed = commits instanceof ToolError ? undefined : commits;
  const cover = reviewedCover(folder, context.projectDir);
  const patches = reviewedPatches(folder.patches, listed, context.projectDir);
  return {
    ...head,
    origin: "stage",
    judgedAs: "series",
    version: where.stage.version,
    recipients: config.recipients,
    waivers: config.waivers,
    cover,
    patches,
    kernel: { tree: shared.tree, base, published },
    withoutCommits: failed,
    unfit: findUnfit({ patches, cover, base: published, failed }),
    featureExpected: true,
    former: () => formerCommits(open, config, context),
    ...(config.replies === undefined ? {} : { replies: join(context.projectDir, config.replies) }),
    roundTrip: () => stageRoundTrip(open, folder, context.projectDir),
  };
}

async function stageRoundTrip(
  { base, published, where, shared }: OpenSeries,
  folder: SeriesFolder,
  projectDir: string,
): Promise<RoundTripOutcome> {
  const file = relative(projectDir, folder.dir);
  const result = await roundTrip({
    ...shared,
    base,
    published,
    dir: folder.dir,
    stage: where.stage,
    recipients: where.recipients,
  }).catch(keepFindings);
  if (result instanceof ToolError) return { identical: false, difference: brokenAt(result, file) };
  const [first] = result.differences;
  if (first === undefined) return { identical: true };
  return { identical: false, difference: describe(first, file) };
}

/** Why the patches make no commits, as a difference of the round trip. */
export function brokenAt(
  { message, hints }: ToolError,
  file: string,
): NonNullable<RoundTripOutcome["difference"]> {
  const [what = "", ...detail] = message.split("\n");
  const [command] = hints;
  return { file, what, detail, ...(command === undefined ? {} : { command }) };
}

function describe(found: RoundTripDifference, folder: string): { file: string; what: string } {
  const what = {
    differs: describeLine(found),
    missing: "an export of the commits makes this file, and it is not there",
    extra: "an export of the commits does not make this file",
  }[found.kind];
  return { file: join(folder, found.name), what };
}

function describeLine({ first }: RoundTripDifference): string {
  if (first === undefined) return "differs from an export of its commit";
  return `line ${first.line} differs from an export of its commit: ${first.lines.join(" | ")}`;
}
