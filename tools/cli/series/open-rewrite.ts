import { loadSeriesConfig, locateStage } from "../../lib/config/load-series-config.ts";
import { ToolError } from "../../lib/error.ts";
import { openGit } from "../../lib/git/git.ts";
import type { SeriesContext } from "../../lib/series/apply-series.ts";
import type { CommandContext } from "../command.ts";
import { openSeries } from "../open-series.ts";
import { ownEmails } from "./own-emails.ts";
import { type NamedRange, resolveNamedRange } from "./resolve-range.ts";

export interface OpenRewriteOptions {
  readonly stage?: string;
  readonly range?: string;
  readonly tree?: string;
}

/** The commits of a stage or of a branch, to be rewritten where they are. */
export interface OpenRewrite extends Omit<NamedRange, "source"> {
  readonly shared: SeriesContext;
  readonly ownEmails: readonly string[];
  /** The ref that names the last commit. @throws ToolError `no-ref` (user) */
  requireSource(): string;
}

/** Finds the commits that a command line names with `--stage` or `--range`. */
export async function openRewrite(
  options: OpenRewriteOptions,
  context: CommandContext,
): Promise<OpenRewrite> {
  const { projectDir, signal } = context;
  const config = await loadSeriesConfig(projectDir);
  const stage = locateStage(config, projectDir, options.stage).name;
  const { shared } = await openSeries(options, context);
  const git = openGit({ dir: shared.tree.dir, signal });
  const text = options.range ?? stage;
  const { source, ...range } = await resolveNamedRange(text, { git, config, shared, context });
  return {
    ...range,
    shared,
    ownEmails: await ownEmails(shared.tree.dir, context),
    requireSource() {
      if (source !== undefined) return source;
      throw new ToolError(`'${text}' does not end with a ref, so nothing could move`, {
        kind: "user",
        code: "no-ref",
        hints: ["--range BASE..BRANCH"],
      });
    },
  };
}
