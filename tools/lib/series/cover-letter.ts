import type { SeriesStage } from "../config/series-schema.ts";
import { parseCommit } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { formatPatchOptions, MAIL_WIDTH, STAT_OPTIONS, subjectPrefix } from "./format-options.ts";
import type { Recipients } from "./recipients.ts";

export interface CoverRequest {
  /** Git in the scratch repository that has the commits. */
  readonly git: Git;
  /** Content of `cover-letter.txt`: subject, empty line, body. */
  readonly text: Uint8Array;
  readonly stage: SeriesStage;
  readonly base: string;
  /** The commit that readers have: `base`, or an ancestor of it. */
  readonly published: string;
  readonly recipients?: Promise<Recipients> | undefined;
  /** Full id of the last patch. */
  readonly tip: string;
  /** Number of patches. */
  readonly count: number;
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
  const { git, base, count } = request;
  const range = `${base}..${request.tip}`;
  const width = `-w${MAIL_WIDTH},2,4`;
  const steps = [
    git.bytes(["cat-file", "commit", request.tip]),
    git.bytes(["shortlog", width, "--encoding=UTF-8", range]),
    git.bytes(["diff-tree", "-r", ...STAT_OPTIONS, base, request.tip]),
    prerequisites(request),
    request.recipients,
  ] as const;
  await Promise.allSettled(steps);
  const [last, shortlog, stat, needed, recipients] = await Promise.all(steps);
  const tip = parseCommit(request.tip, latin1(last));
  const message = [
    latin1(request.text).trimEnd(),
    latin1(shortlog).trimEnd(),
    latin1(stat).replace(/^\n+|\s+$/g, ""),
    [`base-commit: ${request.published}`, ...needed].join("\n"),
  ].join("\n\n");
  const ident = `${tip.author}`;
  const raw = `tree ${tip.tree}\nparent ${tip.id}\nauthor ${ident}\ncommitter ${ident}\n\n`;
  const commit = await git.text(["hash-object", "-t", "commit", "-w", "--stdin"], {
    input: Buffer.from(`${raw}${message}\n`, "latin1"),
  });
  const digits = String(count).length;
  const numbers = `${"0".repeat(digits)}/${count}`;
  return await git.bytes([
    ...formatPatchOptions(),
    "--always",
    "--no-numbered",
    `--subject-prefix=${subjectPrefix(request.stage)} ${numbers}`,
    ...(recipients?.to ?? []).map((address) => `--to=${address}`),
    ...(recipients?.cc ?? []).map((address) => `--cc=${address}`),
    "--stdout",
    "-1",
    commit,
  ]);
}

/** As git names the commits between a published base and the series, oldest first. */
async function prerequisites({ git, base, published }: CoverRequest): Promise<string[]> {
  if (published === base) return [];
  const range = `${published}..${base}`;
  const ids = await git.lines(["rev-list", "--reverse", "--topo-order", "--no-merges", range]);
  const diffs = await git.bytes(["diff-tree", "--stdin", "-p", "--no-renames"], {
    input: `${ids.join("\n")}\n`,
  });
  const pairs = await git.lines(["patch-id", "--stable"], { input: diffs });
  return pairs.map((pair) => `prerequisite-patch-id: ${pair.split(" ")[0]}`);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
