import { ToolError } from "../lib/error.ts";
import { runGit } from "../lib/git/git.ts";
import type { KernelTree } from "../lib/kernel/find-tree.ts";
import { readSeriesFolder } from "../lib/series/read-folder.ts";
import type { CommandContext } from "./command.ts";
import { mailedCommits } from "./mailed-commits.ts";
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
  /** Full id of the commit that the series stands on. */
  readonly base: string;
  /** Name of the stage. */
  readonly stage: string;
}

/**
 * Finds the last commit of a stage: `--ref` when it is given, else the one that the mails make, so
 * that a verdict is about what would be posted. Says so when the stage's own ref is another.
 *
 * @throws ToolError of the series and of the kernel tree; `unknown-revision` (user)
 */
export async function findSeriesTip(
  options: TipOptions,
  context: CommandContext,
): Promise<SeriesTip> {
  const { stage, tree } = options;
  const open = await openSeries(
    { ...(stage !== undefined && { stage }), ...(tree !== undefined && { tree }) },
    context,
  );
  const { shared, where } = open;
  const found = { tree: shared.tree, base: open.base, stage: where.name };
  if (options.ref !== undefined) {
    await requireRevision(shared.tree.dir, options.ref);
    return { ...found, treeish: options.ref };
  }
  const commits = await mailedCommits(open, await readSeriesFolder(where.dir), context);
  const treeish = commits.at(-1)?.commit ?? open.base;
  const args = ["rev-parse", "--verify", "--quiet", where.ref];
  const own = await runGit({ dir: shared.tree.gitDir, args, signal: context.signal });
  if (own.code === 0 && new TextDecoder().decode(own.stdout).trim() !== treeish) {
    context.stderr(`note: '${where.ref}' is not what the mails make; --ref judges it\n`);
  }
  return { ...found, treeish };
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
