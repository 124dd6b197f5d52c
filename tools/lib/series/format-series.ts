import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeriesStage } from "../config/series-schema.ts";
import { ToolError } from "../error.ts";
import { readCommits } from "../git/commits.ts";
import { type Git, openGit } from "../git/git.ts";
import { readObjects } from "../git/read-objects.ts";
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
  const { published: named } = request;
  const git = openGit({ ...request, dir: request.tree.dir });
  const objects = readObjects(git, [
    `${request.base}^{commit}`,
    `${request.tip}^{commit}`,
    attributesOf(request.base),
    ...(named === undefined ? [] : [`${named}^{commit}`]),
  ]);
  const format = async (scratch: Scratch): Promise<SeriesFiles> => {
    const [base, tip, , published] = await objects;
    if (base === undefined) throw unknownCommit(request.base);
    if (tip === undefined) throw unknownCommit(request.tip);
    if (named !== undefined && published === undefined) throw unknownCommit(named);
    return await formatIn(scratch, {
      ...request,
      base: base.id,
      tip: tip.id,
      published: await publishedBase(git, published?.id ?? base.id, base.id),
    });
  };
  const attributes = objects.then(([, , found]) => found?.bytes);
  // Whoever waits for them hears of it; the scratch may fail before anybody does.
  attributes.catch(() => {});
  return await withScratch(request, format, attributes);
}

/** The name of the file that decides where hunks find their function names. */
export function attributesOf(commit: string): string {
  return `${commit}^{commit}:.gitattributes`;
}

/** The published commit, when it comes before the base; else the base has to be published. */
async function publishedBase(git: Git, named: string, base: string): Promise<string> {
  if (named === base) return base;
  const before = await git.run(["merge-base", "--is-ancestor", named, base]);
  return before.code === 0 ? named : base;
}

function unknownCommit(name: string): ToolError {
  return refuse("unknown-commit", `the kernel tree has no commit '${name}'`, [
    "rfckit series apply   (makes the commits from the patches)",
  ]);
}

/** As `formatSeries`, for commits, named by full id, that may live in the scratch only. */
export async function formatIn(scratch: Scratch, request: FormatRequest): Promise<SeriesFiles> {
  const { base } = request;
  const line = readLinear(scratch.git, base, request.tip);
  if (request.signOff === undefined) return await writeAll(scratch, request, line);
  const commits = await readCommits(scratch.git, [`${base}..${(await line).at(-1)}`]);
  const tip = await adoptCommits(scratch.git, commits, base, request.signOff);
  return await writeAll(scratch, { ...request, tip }, readLinear(scratch.git, base, tip));
}

/** Cover letter, mails and notes at once; when `line` is refused, that is what the caller hears. */
async function writeAll(
  scratch: Scratch,
  request: FormatRequest,
  line: Promise<readonly string[]>,
): Promise<SeriesFiles> {
  const steps = [
    line,
    line.then(async (commits) => await readNotes(scratch, request.patchNotes, commits)),
    line.then(async (commits) => await writeCover(scratch, request, commits.length)),
    // Starts before it is known whether the range is a line: it is nearly always.
    writeMails(scratch, request),
  ] as const;
  // Git must have ended before its folder is removed.
  await Promise.allSettled(steps);
  const [, notes, cover, mails] = await Promise.all(steps);
  const files = new Map<string, Uint8Array>(cover === undefined ? [] : [[COVER_MAIL, cover]]);
  for (const [at, [name, bytes]] of mails.entries()) {
    files.set(name, insertNote(bytes, notes[at] ?? ""));
  }
  return files;
}

async function writeCover(
  { git, workDir }: Scratch,
  request: FormatRequest,
  count: number,
): Promise<Uint8Array | undefined> {
  const { base, coverText: text, stage, tip } = request;
  if (text === undefined) return undefined;
  const who = request.recipients && { ...request, git, workDir, extra: request.recipients };
  const published = request.published ?? base;
  return await makeCoverLetter({
    ...{ git, text, stage, base, tip, count, published },
    recipients: who && findRecipients(who),
  });
}

/** The patches as `git format-patch` writes them, by name, in order. */
async function writeMails(
  { git, workDir }: Scratch,
  request: FormatRequest,
): Promise<[string, Uint8Array][]> {
  const outDir = join(workDir, "mails");
  await mkdir(outDir);
  const args = [
    ...formatPatchOptions(),
    "--numbered",
    `--subject-prefix=${subjectPrefix(request.stage)}`,
    ...(request.coverText === undefined ? [`--base=${request.published ?? request.base}`] : []),
    ...(request.signOff === undefined ? [] : ["--signoff"]),
    `--output-directory=${outDir}`,
    `${request.base}..${request.tip}`,
  ];
  await git.bytes(args, { env: committerEnv(request.signOff) });
  const names = (await readdir(outDir)).sort();
  return await Promise.all(
    names.map(
      async (name): Promise<[string, Uint8Array]> => [name, await readFile(join(outDir, name))],
    ),
  );
}

async function readNotes(
  { git }: Scratch,
  bytes: Uint8Array | undefined,
  ids: readonly string[],
): Promise<string[]> {
  if (bytes === undefined) return [];
  const subjects = await git.lines(["log", "--no-walk=unsorted", "--format=%s", ...ids, "--"]);
  return assignNotes(parsePatchNotes(bytes), subjects, PATCH_NOTES);
}

function committerEnv(identity: Identity | undefined): Record<string, string> {
  if (identity === undefined) return {};
  return { GIT_COMMITTER_NAME: identity.name, GIT_COMMITTER_EMAIL: identity.email };
}

/** The commits of `base..tip`, oldest first: the base is the parent of the first, and so on. */
async function readLinear(git: Git, base: string, tip: string): Promise<readonly string[]> {
  const range = ["rev-list", "--reverse", "--topo-order", "--parents", `${base}..${tip}`, "--"];
  const rows = (await git.lines(range)).map((row) => row.split(" "));
  const ids = rows.map(([id = ""]) => id);
  const isLine = rows.every(
    (row, at) => row.length === 2 && row[1] === (at === 0 ? base : ids[at - 1]),
  );
  if (isLine && ids.length > 0) return ids;
  const ancestor = await git.run(["merge-base", "--is-ancestor", base, tip]);
  if (ancestor.code !== 0) {
    throw refuse("series-off-base", `'${tip}' does not come after the base '${base}'`, [
      "rebase the commits onto the base, or name another base in patches/series.yaml",
    ]);
  }
  if (ids.length === 0) {
    throw refuse("series-empty", `there are no commits after the base up to '${tip}'`, [
      "rfckit series export --range BASE..TIP",
    ]);
  }
  const merge = ids[rows.findIndex((row) => row.length !== 2)];
  throw refuse("series-has-merges", `'${merge}' is a merge, and a series is linear`, [
    "rebase the commits onto the base without merges",
  ]);
}

function refuse(code: string, message: string, hints: readonly string[]): ToolError {
  return new ToolError(message, { kind: "user", code, hints });
}
