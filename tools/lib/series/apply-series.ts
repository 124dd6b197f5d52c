import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { withTempDir } from "../fs/temp-dir.ts";
import { type Git, openGit } from "../git/git.ts";
import { createScratchRepo } from "../git/scratch-repo.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { recordOperation } from "../operation/record-operation.ts";
import { commitMail } from "./commit-mail.ts";
import { sendCommits } from "./land-commits.ts";
import { readSeriesFolder, type SeriesFolder } from "./read-folder.ts";

/** What every operation on a series needs. */
export interface SeriesContext {
  readonly tree: KernelTree;
  /** Directory for temporary files, such as `tmp` in the cache. */
  readonly tempRoot: string;
  readonly signal: AbortSignal;
  /** Told each git command as it would be typed. */
  readonly onCommand?: ((command: string) => void) | undefined;
}

export interface ApplyRequest extends SeriesContext {
  /** Folder with the mails, or mails that were read already. */
  readonly mails: string | SeriesFolder;
  /** Full id of the commit that they apply to. */
  readonly base: string;
  /** Ref that gets the tip, such as `refs/rfckit/hbf/v1`. */
  readonly ref: string;
  /** Do all but leave the tree's repository as it is. */
  readonly dryRun?: boolean;
  /** Now, in seconds since 1970, for the log of operations. */
  readonly nowS: number;
}

/** A commit made from a mail. */
export interface AppliedPatch {
  readonly name: string;
  readonly commit: string;
}

export interface AppliedSeries {
  readonly tip: string;
  readonly commits: readonly AppliedPatch[];
  /** What `ref` was before, undefined when it did not exist. */
  readonly before: string | undefined;
}

/**
 * Makes the commits of a stage from its mails and points `ref` at the last one.
 *
 * Nothing is checked out. The commits are made in a scratch repository; when all patches applied
 * the objects are sent to the tree's repository and the ref moves in one transaction that compares
 * its old value, with an entry in the log of operations. When one does not apply, nothing has
 * changed.
 *
 * @throws ToolError `patch-does-not-apply`, `patch-broken`, `series-*` (user), `ref-moved` (infra)
 */
export async function applySeries(request: ApplyRequest): Promise<AppliedSeries> {
  const { mails } = request;
  const folder = typeof mails === "string" ? await readSeriesFolder(mails) : mails;
  return await withScratch(request, async (scratch) => {
    const commits = await commitFolder(folder, request.base, scratch);
    const tip = commits.at(-1)?.commit ?? request.base;
    const tree = openGit({
      dir: request.tree.gitDir,
      signal: request.signal,
      onCommand: request.onCommand,
    });
    const before = await readRef(tree, request.ref);
    if (request.dryRun !== true && before !== tip) {
      await sendCommits(scratch.git, tree, request.base, tip);
      const summary = `apply ${commits.length} mails as ${request.ref}`;
      const changes = [{ ref: request.ref, from: before, to: tip }];
      const operation = { kind: "do" as const, command: "series apply", summary, changes };
      await recordOperation({ git: tree, operation, nowS: request.nowS });
    }
    return { tip, commits, before };
  });
}

/** A repository for one operation, removed afterwards. */
export interface Scratch {
  readonly git: Git;
  /** Directory for temporary files of the operation. */
  readonly workDir: string;
}

/**
 * Gives `action` a scratch repository that sees the objects of the tree; see createScratchRepo.
 *
 * @param attributes may still be on their way
 */
export async function withScratch<T>(
  context: SeriesContext,
  action: (scratch: Scratch) => Promise<T>,
  attributes?: Uint8Array | Promise<Uint8Array | undefined>,
): Promise<T> {
  return await withTempDir(context.tempRoot, async (workDir) => {
    const dir = join(workDir, "repo.git");
    await mkdir(dir);
    const bytes = await attributes;
    await createScratchRepo({
      dir,
      gitDir: context.tree.gitDir,
      ...(bytes === undefined ? {} : { attributes: bytes }),
    });
    const git = openGit({ dir, signal: context.signal, onCommand: context.onCommand });
    return await action({ git, workDir });
  });
}

/** Makes the commits of a folder in a scratch repository, on `base`. */
export async function commitFolder(
  folder: SeriesFolder,
  base: string,
  { git, workDir }: Scratch,
): Promise<AppliedPatch[]> {
  const indexFile = join(workDir, "index");
  await git.bytes(["read-tree", base], { env: { GIT_INDEX_FILE: indexFile } });
  const commits: AppliedPatch[] = [];
  let parent = base;
  for (const patch of folder.patches) {
    parent = await commitMail(patch, { git, workDir, indexFile, parent });
    commits.push({ name: patch.name, commit: parent });
  }
  return commits;
}

/** The commit that a ref names, or undefined. */
export async function readRef(git: Git, ref: string): Promise<string | undefined> {
  const result = await git.run(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  return result.code === 0 ? new TextDecoder().decode(result.stdout).trim() : undefined;
}
