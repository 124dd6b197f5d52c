import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { ReviewContext } from "../../../checks/context.ts";
import { neededWords } from "../../lib/checkpatch/needed-words.ts";
import { rememberedCheckpatch } from "../../lib/checkpatch/remember-checkpatch.ts";
import {
  bytesOf,
  CHECKPATCH_FILES,
  CHECKPATCH_SYSTEM_FILES,
  type CheckpatchInput,
  type CheckpatchReport,
  CODESPELL_DICTIONARY,
  runCheckpatch,
} from "../../lib/checkpatch/run-checkpatch.ts";
import { writeStandIns } from "../../lib/checkpatch/stand-ins.ts";
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

/**
 * Runs checkpatch for the gate: one process for each core, and only on what is not remembered.
 * Rules that ask at the same time wait for one another: the second has the answers of the first.
 */
export function openCheckpatch(work: CheckpatchWork): ReviewContext["effects"]["checkpatch"] {
  const { input, cacheDir, useCache, signal } = work;
  const store = openContentStore(join(cacheDir, "checkpatch"));
  const made = new Map<string, CheckpatchReport>();
  let before: Promise<unknown> = Promise.resolve();
  return async (patches) => {
    const answer = before.then(async () =>
      rememberedCheckpatch({
        patches,
        toolKey: await hashTools(input, signal),
        store,
        made,
        trusted: useCache,
        processes: availableParallelism(),
        run: (shares) => ask(shares, work),
      }),
    );
    before = answer.catch(() => {});
    return await answer;
  };
}

async function ask(
  shares: readonly (readonly CheckpatchInput[])[],
  { input, cacheDir, signal, withToolsDir }: CheckpatchWork,
): Promise<readonly (readonly CheckpatchReport[])[]> {
  return await withToolsDir(({ dir, gitDir }) =>
    withTempDir(join(cacheDir, "tmp"), async (shimDir) => {
      const maintainers = await readFile(join(dir, "MAINTAINERS"), "utf8").catch(() => "");
      const paths = input.patches.flatMap(({ parsed }) => parsed.files.map(({ path }) => path));
      await writeStandIns(shimDir, maintainers, paths);
      const dictionary = await writeWords(shimDir, shares.flat());
      const tree = { treeDir: dir, shimDir, ...(gitDir === undefined ? {} : { gitDir }) };
      return await Promise.all(
        shares.map((patches) => {
          const timeoutMs = START_MS + patches.length * PATCH_MS;
          return runCheckpatch({ ...tree, patches, dictionary, timeoutMs, signal });
        }),
      );
    }),
  );
}

/** The dictionary for these patches; where there is none, checkpatch shall say so itself. */
async function writeWords(dir: string, patches: readonly CheckpatchInput[]): Promise<string> {
  const all = await readFile(CODESPELL_DICTIONARY, "utf8").catch(() => undefined);
  if (all === undefined) return CODESPELL_DICTIONARY;
  const path = join(dir, "words");
  await writeFile(path, neededWords(all, patches.map(bytesOf)));
  return path;
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
