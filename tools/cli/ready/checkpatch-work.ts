import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import { writeStatusShim } from "../../lib/checkpatch/maintained-status.ts";
import { rememberedCheckpatch } from "../../lib/checkpatch/remember-checkpatch.ts";
import {
  CHECKPATCH_FILES,
  CHECKPATCH_SYSTEM_FILES,
  runCheckpatch,
} from "../../lib/checkpatch/run-checkpatch.ts";
import { contentKey, openContentStore } from "../../lib/fs/content-store.ts";
import { withTempDir } from "../../lib/fs/temp-dir.ts";
import { openGit } from "../../lib/git/git.ts";
import { type GateInput, requireKernel } from "./gate-input.ts";
import type { ToolsDir } from "./tools-checkout.ts";

export interface CheckpatchWork {
  readonly input: GateInput;
  readonly cacheDir: string;
  readonly useCache: boolean;
  readonly signal: AbortSignal;
  readonly withToolsDir: <Result>(use: (tools: ToolsDir) => Promise<Result>) => Promise<Result>;
}

const START_MS = 60_000;
const PATCH_MS = 60_000;

/** Runs checkpatch for the gate: one process for each core, and only on what is not remembered. */
export function openCheckpatch(work: CheckpatchWork): ReviewContext["effects"]["checkpatch"] {
  const { input, cacheDir, useCache, signal } = work;
  return async (patches) =>
    await rememberedCheckpatch({
      patches,
      toolKey: await hashTools(input, signal),
      store: openContentStore(join(cacheDir, "checkpatch")),
      trusted: useCache,
      processes: availableParallelism(),
      run: (shares) =>
        work.withToolsDir(({ dir, gitDir }) =>
          withTempDir(join(cacheDir, "tmp"), async (shimDir) => {
            const maintainers = await readFile(join(dir, "MAINTAINERS"), "utf8").catch(() => "");
            const paths = input.patches.flatMap(({ parsed }) =>
              parsed.files.map(({ path }) => path),
            );
            await writeStatusShim(shimDir, maintainers, paths);
            const tree = { treeDir: dir, shimDir, ...(gitDir === undefined ? {} : { gitDir }) };
            return await Promise.all(
              shares.map((share) => {
                const timeoutMs = START_MS + share.length * PATCH_MS;
                return runCheckpatch({ ...tree, patches: share, timeoutMs, signal });
              }),
            );
          }),
        ),
    });
}

/** SHA-256 of a file, or `absent`. */
export async function hashFile(path: string): Promise<string> {
  try {
    return contentKey([await readFile(path)]);
  } catch {
    return "absent";
  }
}

/** What decides beside the patch, by content: rebasing alone makes no answer stale. */
async function hashTools(input: GateInput, signal: AbortSignal): Promise<string[]> {
  const { tree, base } = requireKernel(input);
  const git = openGit({ dir: tree.gitDir, signal });
  const args = ["ls-tree", base, "--", ...CHECKPATCH_FILES];
  return [await git.text(args), ...(await Promise.all(CHECKPATCH_SYSTEM_FILES.map(hashFile)))];
}
