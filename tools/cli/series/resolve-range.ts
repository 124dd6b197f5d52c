import { locateStage } from "../../lib/config/load-series-config.ts";
import type { SeriesConfig } from "../../lib/config/series-schema.ts";
import type { Git } from "../../lib/git/git.ts";
import { resolveCommit, symbolicName } from "../../lib/operation/resolve-commit.ts";
import type { SeriesContext } from "../../lib/series/apply-series.ts";
import type { CommandContext } from "../command.ts";
import { findStageBase, parseRange } from "../open-series.ts";

/** Commits that a word of the command line names. */
export interface NamedRange {
  /** Full ids. */
  readonly base: string;
  readonly tip: string;
  /** Full name of the ref that names the tip, if one does. */
  readonly source: string | undefined;
}

/** What words are looked up in. */
export interface RangeNames {
  readonly git: Git;
  readonly config: SeriesConfig;
  readonly shared: SeriesContext;
  readonly context: CommandContext;
}

/**
 * Finds a range by the name of a stage, as BASE..TIP, or as one commit.
 *
 * @throws ToolError `unknown-revision`, `bad-range` (user)
 */
export async function resolveNamedRange(text: string, names: RangeNames): Promise<NamedRange> {
  const { git, config, shared, context } = names;
  if (Object.hasOwn(config.stages, text)) {
    const where = locateStage(config, context.projectDir, text);
    const base = await findStageBase({ config, where, shared }, context);
    return { base, tip: await resolveCommit(git, where.ref), source: where.ref };
  }
  const { base, tip } = text.includes("..") ? parseRange(text) : { base: `${text}~1`, tip: text };
  return {
    base: await resolveCommit(git, base),
    tip: await resolveCommit(git, tip),
    source: await symbolicName(git, tip),
  };
}
