import type { CommitObject } from "../git/commits.ts";
import { type Git, openGit } from "../git/git.ts";
import { copyNotes } from "../operation/copy-notes.ts";
import type { RefChange } from "../operation/operation-log.ts";
import { recordOperation } from "../operation/record-operation.ts";
import { requireRewritable } from "../operation/require-rewritable.ts";
import { type SeriesContext, withScratch } from "../series/apply-series.ts";
import { sendCommits } from "../series/land-commits.ts";
import type { ForeignMail } from "../series/read-mailbox.ts";
import { appendTrailer, hasTrailer } from "./append-trailer.ts";
import { collectTrailers, type FoundTrailer, type LeftTrailer } from "./collect-trailers.ts";
import { patchIdOfMail, patchIdsOfCommits } from "./patch-ids.ts";

export interface TrailersRequest extends SeriesContext {
  /** Full id of the commit before the first one. */
  readonly base: string;
  /** Full id of the last one. */
  readonly tip: string;
  /** Ref that names `tip`, and moves. */
  readonly source: string;
  readonly mails: readonly ForeignMail[];
  /** Addresses of the user, see `requireRewritable`. */
  readonly ownEmails: readonly string[];
  /** Now, in seconds since 1970. */
  readonly nowS: number;
  readonly dryRun: boolean;
}

/** A tag that a commit gets. */
export interface TakenTrailer extends FoundTrailer {
  /** Full id of the commit that it is for, before the change. */
  readonly commit: string;
}

export interface AddedTrailers {
  readonly taken: readonly TakenTrailer[];
  readonly left: readonly LeftTrailer[];
  /** How refs moved, or would; empty when all is as it was. */
  readonly changes: readonly RefChange[];
}

/**
 * Adds the tags of a mailbox to the commits whose patch-id is that of the patch they were given to.
 *
 * Trees, authors, committers and dates stay. Tags for anything else are told and left.
 *
 * @throws as `requireRewritable` and `recordOperation`
 */
export async function addTrailers(request: TrailersRequest): Promise<AddedTrailers> {
  const { base, tip, source, signal, onCommand } = request;
  const git = openGit({ dir: request.tree.gitDir, signal, onCommand });
  const commits = await requireRewritable({ ...request, git, moves: true });
  return await withScratch(request, async ({ git: scratch }) => {
    const { taken, left } = await match(request.mails, commits, scratch);
    const ids = await rewrite(base, commits, taken, scratch);
    const last = ids.at(-1) ?? tip;
    if (last === tip) return { taken, left, changes: [] };
    const moves = commits.flatMap(({ id }, at) => {
      const to = ids[at];
      return to === undefined || to === id ? [] : [{ from: [id], to }];
    });
    const notes = await copyNotes({ ...request, git, scratch, moves });
    const changes = [{ ref: source, from: tip, to: last }, ...notes];
    if (request.dryRun) return { taken, left, changes };
    await sendCommits(scratch, git, base, last);
    for (const { from, to } of notes) {
      if (from !== undefined && to !== undefined) await sendCommits(scratch, git, from, to);
    }
    const summary = `add ${taken.length} tags to ${source}`;
    const operation = { kind: "do" as const, command: "series trailers", summary, changes };
    await recordOperation({ git, operation, nowS: request.nowS });
    return { taken, left, changes };
  });
}

async function match(
  mails: readonly ForeignMail[],
  commits: readonly CommitObject[],
  git: Git,
): Promise<{ taken: TakenTrailer[]; left: LeftTrailer[] }> {
  const collected = collectTrailers(mails);
  const commitOf = await patchIdsOfCommits(git, commits);
  const messages = new Map(commits.map(({ id, message }) => [id, message]));
  const left: LeftTrailer[] = [...collected.left];
  const taken: TakenTrailer[] = [];
  for (const { text, place, patch } of collected.given) {
    const patchId = await patchIdOfMail(git, patch.patch);
    const commit = patchId === undefined ? undefined : commitOf.get(patchId);
    if (commit === undefined) {
      const why = `no commit has the patch-id of '${patch.fullSubject}', the patch has changed`;
      left.push({ text, place, why });
    } else if (!hasTrailer(messages.get(commit) ?? "", text)) {
      taken.push({ text, place, commit });
      messages.set(commit, appendTrailer(messages.get(commit) ?? "", text));
    }
  }
  return { taken, left };
}

/** The same commits with more tags; a commit is kept as long as nothing before it changed. */
async function rewrite(
  base: string,
  commits: readonly CommitObject[],
  taken: readonly TakenTrailer[],
  git: Git,
): Promise<string[]> {
  const ids: string[] = [];
  for (const commit of commits) {
    const parent = ids.at(-1) ?? base;
    const tags = taken.filter((one) => one.commit === commit.id);
    if (tags.length === 0 && parent === commit.parents[0]) {
      ids.push(commit.id);
      continue;
    }
    const message = tags.reduce((text, tag) => appendTrailer(text, tag.text), commit.message);
    const head = commit.raw.slice(0, commit.raw.indexOf("\n\n"));
    const kept = head.replace(/^parent .*$/m, `parent ${parent}`).replace(SIGNATURE, "");
    const input = Buffer.from(`${kept}\n\n${message}`, "latin1");
    ids.push(await git.text(["hash-object", "-t", "commit", "-w", "--stdin"], { input }));
  }
  return ids;
}

/** A signature would no longer be one. */
const SIGNATURE = /\n(?:gpgsig|gpgsig-sha256) .*(?:\n .*)*/g;
