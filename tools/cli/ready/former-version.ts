import type { PatchHistory } from "../../../checks/tree-effects.ts";
import { locateStage } from "../../lib/config/load-series-config.ts";
import type { SeriesConfig } from "../../lib/config/series-schema.ts";
import { findRetagged, type SeriesDiff } from "../../lib/series/diff-series.ts";
import type { ListedCommit } from "../../lib/series/list-commits.ts";
import { readSeriesFolder } from "../../lib/series/read-folder.ts";
import type { CommandContext } from "../command.ts";
import { mailedCommits } from "../mailed-commits.ts";
import { findStageBase, type OpenSeries } from "../open-series.ts";

/** The commits of the version before, and what they apply to. */
export interface FormerCommits {
  readonly base: string;
  readonly commits: readonly ListedCommit[];
}

const TAG = /^[A-Z][a-z-]+-by: \S.*$/;

/** Puts a range-diff together with what the old commits say. */
export function historyOf(
  { pairs, text }: Pick<SeriesDiff, "pairs" | "text">,
  patches: readonly { readonly position: string }[],
  former: readonly ListedCommit[],
): PatchHistory[] {
  const retagged = findRetagged(text);
  return patches.map(({ position }, at) => {
    const pair = pairs.find((one) => one.new?.number === at + 1);
    const number = pair?.old?.number;
    const old = number === undefined ? undefined : former[number - 1];
    if (pair === undefined || old === undefined) {
      return { position, status: "added", former: undefined };
    }
    const changed = retagged.has(at + 1) ? "retagged" : "changed";
    const status = pair.status === "same" ? "same" : changed;
    const tags = old.body.split("\n").filter((line) => TAG.test(line));
    return { position, status, former: { subject: old.subject, tags } };
  });
}

/** The commits of the stage whose version is one less; undefined for a first version. */
export async function formerCommits(
  open: OpenSeries,
  config: SeriesConfig,
  context: CommandContext,
): Promise<FormerCommits | undefined> {
  const { version } = open.where.stage;
  if (version < 2) return undefined;
  const found = Object.entries(config.stages).find(([, stage]) => stage.version === version - 1);
  if (found === undefined) return undefined;
  const where = locateStage(config, context.projectDir, found[0]);
  const folder = await readSeriesFolder(where.dir);
  const base = await findStageBase({ config, where, shared: open.shared }, context);
  return { base, commits: await mailedCommits({ ...open, where, base }, folder, context) };
}
