import { join } from "node:path";
import {
  loadSeriesConfig,
  locateStage,
  type StageLocation,
} from "../lib/config/load-series-config.ts";
import type { SeriesConfig } from "../lib/config/series-schema.ts";
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
  /** Full id of the commit that the patches apply to. */
  readonly base: string;
  /** Full id of the commit that readers have: `base`, or what the stage before applies to. */
  readonly published: string;
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
  const published = config.base.commit;
  const base = await findStageBase({ config, where, shared }, context);
  return { shared, where, base, published };
}

/** What `findStageBase` needs to know of a stage. */
export interface StageToBase extends Pick<OpenSeries, "where" | "shared"> {
  readonly config: SeriesConfig;
}

/**
 * Full id of the commit that the patches of a stage apply to: the base of the series, or the last
 * commit that the mails of the stage before make.
 *
 * @throws as `readSeriesFolder` and `mailedCommits`
 */
export async function findStageBase(
  { config, where, shared }: StageToBase,
  context: CommandContext,
): Promise<string> {
  const published = config.base.commit;
  const { after } = where.stage;
  if (after === undefined) return published;
  const { readSeriesFolder } = await import("../lib/series/read-folder.ts");
  const { mailedCommits } = await import("./mailed-commits.ts");
  const before = locateStage(config, context.projectDir, after);
  const base = await findStageBase({ config, where: before, shared }, context);
  const folder = await readSeriesFolder(before.dir);
  const commits = await mailedCommits({ where: before, shared, base, published }, folder, context);
  return commits.at(-1)?.commit ?? base;
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
