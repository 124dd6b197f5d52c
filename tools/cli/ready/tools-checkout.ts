import { prepareWorkspace } from "../../lib/kernel/workspace.ts";
import type { CommandContext } from "../command.ts";
import type { OpenSeries } from "../open-series.ts";

/**
 * Calls `action` with a folder that has the files of the base, for tools such as checkpatch that
 * live in the kernel tree.
 *
 * The cached tree is that already. The worktree of a user's own tree may be anywhere in its
 * history, so the base is checked out in the cache.
 */
export async function withToolsDir<Result>(
  open: OpenSeries,
  context: CommandContext,
  action: (dir: string) => Promise<Result>,
): Promise<Result> {
  const { tree, signal } = open.shared;
  if (!tree.own) return await action(tree.dir);
  const workspace = await prepareWorkspace({
    tree,
    treeish: open.base,
    purpose: "tools",
    env: context.env,
    signal,
  });
  try {
    return await action(workspace.dir);
  } finally {
    await workspace.release();
  }
}
