import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { openGit } from "../git/git.ts";
import { parsePatchMail } from "../patch/parse-mail.ts";
import { doesNotApply } from "./apply-error.ts";
import { type Scratch, type SeriesContext, withScratch } from "./apply-series.ts";
import { sendCommits } from "./land-commits.ts";
import { readPatchFile } from "./read-patch-file.ts";

export interface ExtraPatchesRequest extends SeriesContext {
  /** Full id of the commit that the patches apply to. */
  readonly onto: string;
  /** Absolute paths of mails or plain diffs, in order. */
  readonly files: readonly string[];
}

/** Ident and date of a commit that is only built, never shown. */
const NOBODY = {
  GIT_AUTHOR_NAME: "rfckit",
  GIT_AUTHOR_EMAIL: "extra-patch@rfckit.invalid",
  GIT_AUTHOR_DATE: "1731888000 +0000",
  GIT_COMMITTER_NAME: "rfckit",
  GIT_COMMITTER_EMAIL: "extra-patch@rfckit.invalid",
  GIT_COMMITTER_DATE: "1731888000 +0000",
};

/**
 * Makes a commit that is `onto` with some patches on top, for building what is no part of the
 * series. No ref names it, so git forgets it in time; the same patches give the same id.
 *
 * @returns full id of the commit, `onto` itself without patches
 * @throws ToolError (user) `patch-does-not-apply`, `patch-missing`
 */
export async function commitExtraPatches(request: ExtraPatchesRequest): Promise<string> {
  if (request.files.length === 0) return request.onto;
  return await withScratch(request, async (scratch) => {
    const env = { GIT_INDEX_FILE: join(scratch.workDir, "index") };
    await scratch.git.bytes(["read-tree", request.onto], { env });
    for (const file of request.files) await applyExtra(scratch, env, file);
    const tree = await scratch.git.text(["write-tree"], { env });
    const commit = await scratch.git.text(["commit-tree", tree, "-p", request.onto], {
      input: `extra patches: ${request.files.map((file) => basename(file)).join(", ")}\n`,
      env: NOBODY,
    });
    const { signal } = request;
    await sendCommits(
      scratch.git,
      openGit({ dir: request.tree.gitDir, signal }),
      request.onto,
      commit,
    );
    return commit;
  });
}

async function applyExtra(
  { git, workDir }: Scratch,
  env: { readonly GIT_INDEX_FILE: string },
  path: string,
): Promise<void> {
  const bytes = await readPatchFile(path);
  const diff = join(workDir, "extra");
  await writeFile(diff, bytes);
  const applied = await git.run(["apply", "--cached", "--whitespace=nowarn", diff], { env });
  if (applied.code === 0) return;
  const patch = { name: basename(path), path, mail: parsePatchMail(bytes) };
  throw doesNotApply(patch, applied, { repository: git.dir, diff: bytes });
}
