import { loadSeriesConfig, locateStage } from "../../lib/config/load-series-config.ts";
import type { SeriesStage } from "../../lib/config/series-schema.ts";
import { readCoverText } from "../../lib/series/export-series.ts";
import type { CommandContext } from "../command.ts";
import type { GateInput } from "./gate-input.ts";

/** What a stage of the project says of patches that are not in its folder. */
export interface StageFacts extends Pick<GateInput, "name" | "recipients" | "waivers"> {
  readonly stageName: string;
  readonly stage: SeriesStage;
  readonly coverText: Uint8Array | undefined;
}

/**
 * The facts of a stage, or those of no stage at all: no recipients, and no waivers, which somebody
 * has given for other patches.
 *
 * @param otherwise what the report calls patches of no stage, and their subject prefix
 */
export async function readStageFacts(
  stageName: string | undefined,
  context: CommandContext,
  otherwise: { readonly name: string; readonly stageName: string; readonly prefix: string },
): Promise<StageFacts> {
  if (stageName === undefined) {
    const stage = { folder: "none", version: 1, prefix: otherwise.prefix };
    const { name } = otherwise;
    const nobody = { recipients: { to: [], cc: [] }, waivers: [], coverText: undefined };
    return { ...nobody, stage, name, stageName: otherwise.stageName };
  }
  const config = await loadSeriesConfig(context.projectDir);
  const { name, stage, dir } = locateStage(config, context.projectDir, stageName);
  const { recipients, waivers } = config;
  const coverText = await readCoverText(dir);
  return { recipients, waivers, stage, name: config.name, stageName: name, coverText };
}
