import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type SeriesContext, withScratch } from "./apply-series.ts";

/** The diff of a patch, and its position. */
export interface DiffToApply {
  readonly position: string;
  readonly bytes: Uint8Array;
}

/** A patch applied on top of those before it. */
export interface AppliedDiff {
  readonly position: string;
  /** Id of the tree that it makes; undefined when it does not apply. */
  readonly tree: string | undefined;
  /** Git's words when it does not apply, else empty. */
  readonly problem: string;
}

/** Applies mails one after another with `git apply` on a base; stops at the first that fails. */
export async function applyInOrder(
  context: SeriesContext,
  base: string,
  diffs: readonly DiffToApply[],
): Promise<AppliedDiff[]> {
  return await withScratch(context, async ({ git, workDir }) => {
    const env = { GIT_INDEX_FILE: join(workDir, "index") };
    const mail = join(workDir, "mail");
    await git.bytes(["read-tree", base], { env });
    const applied: AppliedDiff[] = [];
    for (const { position, bytes } of diffs) {
      await writeFile(mail, bytes);
      const { code, stderr } = await git.run(
        ["apply", "--cached", "--whitespace=nowarn", "-p1", mail],
        { env },
      );
      if (code !== 0) {
        const problem = new TextDecoder().decode(stderr).trim().split("\n")[0] ?? "";
        applied.push({ position, tree: undefined, problem });
        break;
      }
      applied.push({ position, tree: await git.text(["write-tree"], { env }), problem: "" });
    }
    return applied;
  });
}
