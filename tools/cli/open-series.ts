import { join } from "node:path";
import {
  loadSeriesConfig,
  locateStage,
  type StageLocation,
} from "../lib/config/load-series-config.ts";
import { ToolError } from "../lib/error.ts";
import { cacheDir } from "../lib/fs/cache-dir.ts";
import { obtainKernelTree } from "../lib/kernel/find-tree.ts";
import type { SeriesContext } from "../lib/series/apply-series.ts";
import type { CommandContext } from "./command.ts";

export interface OpenSeriesOptions {
  readonly stage?: string;
  readonly tree?: string;
  readonly dryRun?: true;
}

/** A stage of the project's series with the tree that its commits live in. */
export interface OpenSeries {
  /** To be spread into requests of `tools/lib/series`. */
  readonly shared: SeriesContext;
  readonly where: StageLocation;
  /** Full id of the base commit. */
  readonly base: string;
}

/** Loads the series, finds the stage, gets the kernel tree; `--dry-run` prints the commands. */
export async function openSeries(
  options: OpenSeriesOptions,
  context: CommandContext,
): Promise<OpenSeries> {
  const config = await loadSeriesConfig(context.projectDir);
  const where = locateStage(config, context.projectDir, options.stage);
  const tree = await obtainKernelTree({
    base: config.base,
    env: context.env,
    cwd: context.cwd,
    signal: context.signal,
    onProgress: (line) => context.stderr(`${line}\n`),
    ...(options.tree === undefined ? {} : { tree: options.tree }),
  });
  const print = (command: string): void => context.stdout(`${command}\n`);
  const shared: SeriesContext = {
    tree,
    tempRoot: join(cacheDir(context.env), "tmp"),
    signal: context.signal,
    onCommand: options.dryRun === true ? print : undefined,
  };
  return { shared, where, base: config.base.commit };
}

/** Takes `A..B` apart. @throws ToolError `bad-range` (user) */
export function parseRange(text: string): { readonly base: string; readonly tip: string } {
  const [, base, tip] = /^([^.\s-][^\s]*?)\.\.([^.\s-][^\s]*)$/.exec(text) ?? [];
  if (base !== undefined && tip !== undefined) return { base, tip };
  throw new ToolError(`'${text}' is not a range of commits`, {
    kind: "user",
    code: "bad-range",
    hints: ["--range BASE..TIP"],
  });
}
