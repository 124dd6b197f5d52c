import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeriesStage } from "../config/series-schema.ts";
import { ToolError } from "../error.ts";
import { type CommitObject, readCommits } from "../git/commits.ts";
import { openGit } from "../git/git.ts";
import { type Scratch, type SeriesContext, withScratch } from "./apply-series.ts";
import { COVER_MAIL, makeCoverLetter } from "./cover-letter.ts";
import { formatPatchOptions, subjectPrefix } from "./format-options.ts";
import { assignNotes, insertNote, PATCH_NOTES, parsePatchNotes } from "./patch-notes.ts";
import { findRecipients, type Recipients } from "./recipients.ts";
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
  /** Content of `patch-notes.txt`. */
  readonly patchNotes?: Uint8Array | undefined;
  /** Asks get_maintainer.pl and adds these, for To and Cc of the cover letter. */
  readonly recipients?: Recipients | undefined;
  /**
   * Any name of the commit that readers have, when it is an ancestor of `base`: what is between the
   * two is then named as prerequisites.
   */
  readonly published?: string | undefined;
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
  const [base, tip] = await Promise.all([
    resolveCommit(request, request.base),
    resolveCommit(request, request.tip),
  ]);
  const published = await publishedBase(request, base);
  const resolved = { ...request, base, tip, published };
  return await withScratch(request, async (scratch) => await formatIn(scratch, resolved), base);
}

/** The published commit, when it comes before the base; else the base has to be published. */
async function publishedBase(request: FormatRequest, base: string): Promise<string> {
  if (request.published === undefined || request.published === base) return base;
  const named = await resolveCommit(request, request.published);
  const git = openGit({ ...request, dir: request.tree.dir });
  const before = await git.run(["merge-base", "--is-ancestor", named, base]);
  return before.code === 0 ? named : base;
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
  const published = request.published ?? base;
  let commits = await readLinear({ git, workDir }, base, request.tip);
  if (request.signOff !== undefined) {
    const tip = await adoptCommits(git, commits, base, request.signOff);
    commits = await readCommits(git, [`${base}..${tip}`]);
  }
  const files = new Map<string, Uint8Array>();
  if (request.coverText !== undefined) {
    const tip = commits.at(-1)?.id ?? base;
    const who = request.recipients && { ...request, git, workDir, tip, extra: request.recipients };
    const recipients = who && (await findRecipients(who));
    const { coverText: text, stage } = request;
    const cover = { git, text, stage, base, commits, recipients, published };
    files.set(COVER_MAIL, await makeCoverLetter(cover));
  }
  const outDir = join(workDir, "mails");
  await mkdir(outDir);
  const args = [
    ...formatPatchOptions(),
    "--numbered",
    `--subject-prefix=${subjectPrefix(request.stage)}`,
    ...(request.coverText === undefined ? [`--base=${published}`] : []),
    ...(request.signOff === undefined ? [] : ["--signoff"]),
    `--output-directory=${outDir}`,
    `${base}..${commits.at(-1)?.id ?? base}`,
  ];
  await git.bytes(args, { env: committerEnv(request.signOff) });
  const notes = await readNotes({ git, workDir }, request.patchNotes, commits);
  for (const [at, name] of (await readdir(outDir)).sort().entries()) {
    files.set(name, insertNote(await readFile(join(outDir, name)), notes[at] ?? ""));
  }
  return files;
}

async function readNotes(
  { git }: Scratch,
  bytes: Uint8Array | undefined,
  commits: readonly CommitObject[],
): Promise<string[]> {
  if (bytes === undefined) return [];
  const ids = commits.map(({ id }) => id);
  const subjects = await git.lines(["log", "--no-walk=unsorted", "--format=%s", ...ids, "--"]);
  return assignNotes(parsePatchNotes(bytes), subjects, PATCH_NOTES);
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
  const [ancestor, commits] = await Promise.all([
    git.run(["merge-base", "--is-ancestor", base, tip]),
    readCommits(git, [`${base}..${tip}`]),
  ]);
  if (ancestor.code !== 0) {
    throw refuse("series-off-base", `'${tip}' does not come after the base '${base}'`, [
      "rebase the commits onto the base, or name another base in patches/series.yaml",
    ]);
  }
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
