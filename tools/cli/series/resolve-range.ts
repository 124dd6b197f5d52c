import { locateStage } from "../../lib/config/load-series-config.ts";
import type { SeriesConfig } from "../../lib/config/series-schema.ts";
import type { Git } from "../../lib/git/git.ts";
import { resolveCommit, symbolicName } from "../../lib/operation/resolve-commit.ts";
import { parseRange } from "../open-series.ts";

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
  readonly projectDir: string;
}

/**
 * Finds a range by the name of a stage, as BASE..TIP, or as one commit.
 *
 * @throws ToolError `unknown-revision`, `bad-range` (user)
 */
export async function resolveNamedRange(text: string, names: RangeNames): Promise<NamedRange> {
  const { git, config, projectDir } = names;
  if (Object.hasOwn(config.stages, text)) {
    const source = locateStage(config, projectDir, text).ref;
    return { base: config.base.commit, tip: await resolveCommit(git, source), source };
  }
  const { base, tip } = text.includes("..") ? parseRange(text) : { base: `${text}~1`, tip: text };
  return {
    base: await resolveCommit(git, base),
    tip: await resolveCommit(git, tip),
    source: await symbolicName(git, tip),
  };
}
