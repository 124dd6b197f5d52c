import type { SeriesStage } from "../config/series-schema.ts";
import type { CommitObject } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { formatPatchOptions, MAIL_WIDTH, STAT_OPTIONS, subjectPrefix } from "./format-options.ts";

export interface CoverRequest {
  /** Git in the scratch repository that has the commits. */
  readonly git: Git;
  /** Content of `cover-letter.txt`: subject, empty line, body. */
  readonly text: Uint8Array;
  readonly stage: SeriesStage;
  readonly base: string;
  /** Oldest first, not empty. */
  readonly commits: readonly CommitObject[];
}

/** Name of the mail that git would choose. */
export const COVER_MAIL = "0000-cover-letter.patch";

/**
 * Makes the bytes of the cover letter: blurb, shortlog, diffstat, base-commit.
 *
 * The whole text becomes the message of an empty commit in the scratch repository, by the author
 * and with the date of the last patch, and git writes its mail: so that git folds and encodes it.
 */
export async function makeCoverLetter(request: CoverRequest): Promise<Uint8Array> {
  const { git, base, commits } = request;
  const tip = commits.at(-1);
  if (tip === undefined) throw new RangeError("a cover letter needs a commit");
  const range = `${base}..${tip.id}`;
  const width = `-w${MAIL_WIDTH},2,4`;
  const shortlog = await git.bytes(["shortlog", width, "--encoding=UTF-8", range]);
  const stat = await git.bytes(["diff-tree", "-r", ...STAT_OPTIONS, base, tip.id]);
  const message = [
    latin1(request.text).trimEnd(),
    latin1(shortlog).trimEnd(),
    latin1(stat).replace(/^\n+|\s+$/g, ""),
    `base-commit: ${base}`,
  ].join("\n\n");
  const ident = `${tip.author}`;
  const raw = `tree ${tip.tree}\nparent ${tip.id}\nauthor ${ident}\ncommitter ${ident}\n\n`;
  const commit = await git.text(["hash-object", "-t", "commit", "-w", "--stdin"], {
    input: Buffer.from(`${raw}${message}\n`, "latin1"),
  });
  const digits = String(commits.length).length;
  const numbers = `${"0".repeat(digits)}/${commits.length}`;
  return await git.bytes([
    ...formatPatchOptions(),
    "--always",
    "--no-numbered",
    `--subject-prefix=${subjectPrefix(request.stage)} ${numbers}`,
    "--stdout",
    "-1",
    commit,
  ]);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
