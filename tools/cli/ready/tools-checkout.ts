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

/** Lends the folder for as long as it is open. */
export interface ToolsLoan {
  readonly use: <Result>(action: (tools: ToolsDir) => Promise<Result>) => Promise<Result>;
  readonly close: () => Promise<void>;
}

/**
 * Lends a folder with the files of the base, for tools such as checkpatch that live in the kernel
 * tree. It is made ready when it is first asked for, once for all that ask.
 *
 * The cached tree is that already when the base is its own. The worktree of a user's tree may be
 * anywhere in its history, so the base is checked out in the cache.
 */
export function openToolsDir(input: GateInput, context: CommandContext): ToolsLoan {
  let loan: ReturnType<typeof takeTools> | undefined;
  return {
    async use(action) {
      loan ??= takeTools(input, context);
      return await action((await loan).tools);
    },
    async close() {
      const taken = await loan?.catch(() => undefined);
      await taken?.release();
    },
  };
}

async function takeTools(
  input: GateInput,
  context: CommandContext,
): Promise<{ readonly tools: ToolsDir; readonly release: () => Promise<void> }> {
  const { tree, base } = requireKernel(input);
  const cached = await cachedTreeOf(base, context);
  if (cached !== undefined) return { tools: { dir: cached }, release: async () => {} };
  const { env, signal } = context;
  const request = { tree, treeish: base, purpose: "tools", env, signal };
  const { dir, gitDir, release } = await prepareWorkspace(request);
  return { tools: { dir, gitDir }, release };
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
