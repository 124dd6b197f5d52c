import { ToolError } from "../lib/error.ts";
import { runGit } from "../lib/git/git.ts";
import type { KernelTree } from "../lib/kernel/find-tree.ts";
import { applySeries } from "../lib/series/apply-series.ts";
import { nowInSeconds } from "./clock.ts";
import type { CommandContext } from "./command.ts";
import { openSeries } from "./open-series.ts";

/** Words that say which kernel a command is about. */
export interface TipOptions {
  readonly stage?: string;
  readonly tree?: string;
  /** A commit, tag or tree instead of the series. */
  readonly ref?: string;
}

/** The kernel to build or verify. */
export interface SeriesTip {
  readonly tree: KernelTree;
  readonly treeish: string;
  /** Name of the stage. */
  readonly stage: string;
}

/**
 * Finds the last commit of a stage: `--ref` when it is given, else the stage's own ref, which is
 * made from the mails when there is none yet. Commits that exist are never replaced here.
 *
 * @throws ToolError of the series and of the kernel tree; `unknown-revision` (user)
 */
export async function findSeriesTip(
  options: TipOptions,
  context: CommandContext,
): Promise<SeriesTip> {
  const { stage, tree } = options;
  const { shared, where, base } = await openSeries(
    { ...(stage !== undefined && { stage }), ...(tree !== undefined && { tree }) },
    context,
  );
  const repository = shared.tree.dir;
  const found = { tree: shared.tree, stage: where.name };
  if (options.ref !== undefined) {
    await requireRevision(repository, options.ref);
    return { ...found, treeish: options.ref };
  }
  const args = ["rev-parse", "--verify", "--quiet", where.ref];
  const existing = await runGit({ dir: repository, args, signal: context.signal });
  if (existing.code === 0) return { ...found, treeish: where.ref };
  context.stderr(`making the commits of '${where.name}' from its mails\n`);
  const { tip } = await applySeries({
    ...shared,
    base,
    dir: where.dir,
    ref: where.ref,
    nowS: nowInSeconds(),
  });
  return { ...found, treeish: tip };
}

async function requireRevision(repository: string, ref: string): Promise<void> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{tree}`];
  if ((await runGit({ dir: repository, args })).code === 0) return;
  throw new ToolError(`'${ref}' names nothing in '${repository}'`, {
    kind: "user",
    code: "unknown-revision",
    hints: [`git -C ${repository} for-each-ref`],
  });
}
