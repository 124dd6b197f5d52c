import { loadSeriesConfig } from "../../lib/config/load-series-config.ts";
import { ToolError } from "../../lib/error.ts";
import { findKernelTree } from "../../lib/kernel/find-tree.ts";
import { prepareWorkspace } from "../../lib/kernel/workspace.ts";
import type { CommandContext } from "../command.ts";
import { type GateInput, requireKernel } from "./gate-input.ts";

/** A folder with the files of the base, and the git directory that belongs to it. */
export interface ToolsDir {
  readonly dir: string;
  /** Undefined when the folder is a worktree of its own. */
  readonly gitDir?: string;
}

/**
 * Calls `action` with a folder that has the files of the base, for tools such as checkpatch that
 * live in the kernel tree.
 *
 * The cached tree is that already when the base is its own. The worktree of a user's tree may be
 * anywhere in its history, so the base is checked out in the cache.
 */
export async function withToolsDir<Result>(
  input: GateInput,
  context: CommandContext,
  action: (tools: ToolsDir) => Promise<Result>,
): Promise<Result> {
  const { tree, base } = requireKernel(input);
  const cached = await cachedTreeOf(base, context);
  if (cached !== undefined) return await action({ dir: cached });
  const workspace = await prepareWorkspace({
    tree,
    treeish: base,
    purpose: "tools",
    env: context.env,
    signal: context.signal,
  });
  try {
    return await action({ dir: workspace.dir, gitDir: workspace.gitDir });
  } finally {
    await workspace.release();
  }
}

/** The worktree of the cached kernel, if it is there and is a checkout of this very commit. */
async function cachedTreeOf(commit: string, context: CommandContext): Promise<string | undefined> {
  const { env, cwd, signal, projectDir, packageDir } = context;
  for (const project of new Set([projectDir, packageDir])) {
    const { base } = await loadSeriesConfig(project);
    if (base.commit !== commit) continue;
    const cacheOnly = { ...env, KERNEL_TREE: undefined };
    const found = await findKernelTree({ base, env: cacheOnly, cwd, signal }).catch(whenMissing);
    if (found !== undefined) return found.dir;
  }
  return undefined;
}

function whenMissing(error: unknown): undefined {
  if (error instanceof ToolError && error.code === "kernel-tree-missing") return undefined;
  throw error;
}
