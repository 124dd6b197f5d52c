import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeriesStage } from "../config/series-schema.ts";
import { ToolError } from "../error.ts";
import { type CommitObject, readCommits } from "../git/commits.ts";
import { openGit } from "../git/git.ts";
import { type Scratch, type SeriesContext, withScratch } from "./apply-series.ts";
import { COVER_MAIL, makeCoverLetter } from "./cover-letter.ts";
import { formatPatchOptions, subjectPrefix } from "./format-options.ts";
import { adoptCommits, type Identity } from "./sign-off.ts";

/** The mails of a series by name, in order. */
export type SeriesFiles = ReadonlyMap<string, Uint8Array>;

export interface FormatRequest extends SeriesContext {
  readonly stage: SeriesStage;
  /** Any name of the base commit, an ancestor of `tip`. */
  readonly base: string;
  /** Any name that the tree's repository has for the last commit. */
  readonly tip: string;
  /** Content of `cover-letter.txt`; without it there is no cover letter. */
  readonly coverText?: Uint8Array | undefined;
  /** Adds this Signed-off-by and gives the placeholder's commits to it; none unless asked. */
  readonly signOff?: Identity | undefined;
}

/**
 * Makes the mails of `base..tip`, the same bytes on every machine and every time.
 *
 * Works in a scratch repository, so that no configuration and no attributes of the tree's own
 * repository have a say; those of the base commit decide where hunks find their function names.
 *
 * @throws ToolError (user) `unknown-commit`, `series-empty`, `series-has-merges`, `series-off-base`
 */
export async function formatSeries(request: FormatRequest): Promise<SeriesFiles> {
  const base = await resolveCommit(request, request.base);
  const tip = await resolveCommit(request, request.tip);
  const resolved = { ...request, base, tip };
  return await withScratch(request, async (scratch) => await formatIn(scratch, resolved), base);
}

async function resolveCommit(context: SeriesContext, name: string): Promise<string> {
  const git = openGit({ ...context, dir: context.tree.dir });
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const found = await git.run(args);
  if (found.code === 0) return new TextDecoder().decode(found.stdout).trim();
  throw refuse("unknown-commit", `the kernel tree has no commit '${name}'`, [
    "rfckit series apply   (makes the commits from the patches)",
  ]);
}

/** As `formatSeries`, for commits, named by full id, that may live in the scratch only. */
export async function formatIn(
  { git, workDir }: Scratch,
  request: FormatRequest,
): Promise<SeriesFiles> {
  const { base } = request;
  let commits = await readLinear({ git, workDir }, base, request.tip);
  if (request.signOff !== undefined) {
    const tip = await adoptCommits(git, commits, base, request.signOff);
    commits = await readCommits(git, [`${base}..${tip}`]);
  }
  const files = new Map<string, Uint8Array>();
  if (request.coverText !== undefined) {
    const cover = { git, text: request.coverText, stage: request.stage, base, commits };
    files.set(COVER_MAIL, await makeCoverLetter(cover));
  }
  const outDir = join(workDir, "mails");
  await mkdir(outDir);
  const args = [
    ...formatPatchOptions(),
    "--numbered",
    `--subject-prefix=${subjectPrefix(request.stage)}`,
    ...(request.coverText === undefined ? [`--base=${base}`] : []),
    ...(request.signOff === undefined ? [] : ["--signoff"]),
    `--output-directory=${outDir}`,
    `${base}..${commits.at(-1)?.id ?? base}`,
  ];
  await git.bytes(args, { env: committerEnv(request.signOff) });
  for (const name of (await readdir(outDir)).sort()) {
    files.set(name, await readFile(join(outDir, name)));
  }
  return files;
}

function committerEnv(identity: Identity | undefined): Record<string, string> {
  if (identity === undefined) return {};
  return { GIT_COMMITTER_NAME: identity.name, GIT_COMMITTER_EMAIL: identity.email };
}

async function readLinear(
  { git }: Scratch,
  base: string,
  tip: string,
): Promise<readonly CommitObject[]> {
  const ancestor = await git.run(["merge-base", "--is-ancestor", base, tip]);
  if (ancestor.code !== 0) {
    throw refuse("series-off-base", `'${tip}' does not come after the base '${base}'`, [
      "rebase the commits onto the base, or name another base in patches/series.yaml",
    ]);
  }
  const commits = await readCommits(git, [`${base}..${tip}`]);
  if (commits.length === 0) {
    throw refuse("series-empty", `there are no commits after the base up to '${tip}'`, [
      "rfckit series export --range BASE..TIP",
    ]);
  }
  const merge = commits.find((commit) => commit.parents.length !== 1);
  if (merge === undefined) return commits;
  throw refuse("series-has-merges", `'${merge.id}' is a merge, and a series is linear`, [
    "rebase the commits onto the base without merges",
  ]);
}

function refuse(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}
