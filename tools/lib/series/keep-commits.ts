import { openGit } from "../git/git.ts";
import { commitFolder, readRef, type SeriesContext, withScratch } from "./apply-series.ts";
import { sendCommits } from "./land-commits.ts";
import type { SeriesFolder } from "./read-folder.ts";

export interface KeepRequest extends SeriesContext {
  readonly folder: SeriesFolder;
  /** Full id of the commit that they apply to. */
  readonly base: string;
  /** A ref of rfckit's own, which keeps the commits alive. */
  readonly ref: string;
}

/**
 * Makes the commits of a stage from its mails for builds and checks, and gives the tip.
 *
 * Unlike `applySeries` it moves no ref that a person works with: what is judged are the mails, and
 * commits that were not exported yet stay as they are.
 *
 * @throws ToolError `patch-does-not-apply`, `patch-broken`, `series-*` (user)
 */
export async function keepCommits(request: KeepRequest): Promise<string> {
  const { folder, base, ref, tree, signal, onCommand } = request;
  return await withScratch(request, async (scratch) => {
    const commits = await commitFolder(folder, base, scratch);
    const tip = commits.at(-1)?.commit ?? base;
    const target = openGit({ dir: tree.gitDir, signal, onCommand });
    if ((await readRef(target, ref)) !== tip) {
      await sendCommits(scratch.git, target, base, tip);
      await target.bytes(["update-ref", ref, tip]);
    }
    return tip;
  });
}
