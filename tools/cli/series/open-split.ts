import { join, resolve } from "node:path";
import { loadSeriesConfig, locateStage } from "../../lib/config/load-series-config.ts";
import { ToolError } from "../../lib/error.ts";
import { openGit } from "../../lib/git/git.ts";
import type { ChangeRange } from "../../lib/split/inspect-changes.ts";
import type { CommandContext } from "../command.ts";
import { openSeries } from "../open-series.ts";
import { ownEmails } from "./own-emails.ts";
import { type NamedRange, resolveNamedRange } from "./resolve-range.ts";

export interface OpenSplitOptions {
  readonly plan?: string;
  readonly stage?: string;
  readonly into?: string;
  readonly tree?: string;
  readonly dryRun?: true;
}

/** A range of commits to be split, and where the plan and the result are. */
export interface OpenSplit extends ChangeRange, NamedRange {
  readonly ownEmails: readonly string[];
  /** Absolute path. */
  readonly planFile: string;
  /** The ref that gets the commits. @throws ToolError `no-ref` (user) */
  requireInto(): string;
  /** As the range of the command line. */
  resolveRange(text: string): Promise<NamedRange>;
  /** First line of the message of the tip. */
  subject(): Promise<string>;
}

/** Finds what a command line of `series split` names: the name of a stage, BASE..TIP, a commit. */
export async function openSplit(
  range: string,
  options: OpenSplitOptions,
  context: CommandContext,
): Promise<OpenSplit> {
  const config = await loadSeriesConfig(context.projectDir);
  const { shared } = await openSeries(options, context);
  const git = openGit({ dir: shared.tree.dir, signal: context.signal });
  const projectDir = context.projectDir;
  const names = { git, config, shared, context };
  const resolveRange = (text: string): Promise<NamedRange> => resolveNamedRange(text, names);
  const named = await resolveRange(range);
  const stage = options.stage && locateStage(config, projectDir, options.stage);
  const into = stage ? stage.ref : options.into;
  const planStage = options.stage ?? (Object.hasOwn(config.stages, range) ? range : config.stage);
  const planDir = locateStage(config, projectDir, planStage).dir;
  return {
    ...shared,
    ...named,
    ownEmails: await ownEmails(shared.tree.dir, context),
    planFile:
      options.plan === undefined
        ? join(planDir, "split-plan.yaml")
        : resolve(context.cwd, options.plan),
    requireInto: () => requireRef(into ?? named.source),
    resolveRange,
    subject: () => git.text(["log", "-1", "--format=%s", named.tip, "--"]),
  };
}

function requireRef(into: string | undefined): string {
  if (into !== undefined && /^refs\/(?!rfckit\/op\/)[^\s~^:?*[\\]+$/.test(into)) return into;
  const why =
    into === undefined ? "the range does not end with a ref" : `'${into}' is not a full ref`;
  throw new ToolError(`nobody said where the new commits go: ${why}`, {
    kind: "user",
    code: "no-ref",
    hints: ["--into refs/heads/NAME", "--stage NAME"],
  });
}
