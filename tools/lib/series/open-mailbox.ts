import { openGit } from "../git/git.ts";
import { type SeriesContext, withScratch } from "./apply-series.ts";
import type { SeriesFolder } from "./read-folder.ts";
import { type ForeignMail, openMailSources, readMailbox } from "./read-mailbox.ts";
import { selectPatches } from "./select-patches.ts";

export interface OpenMailboxRequest extends SeriesContext {
  /** Mailboxes and single mails, in order; `-` is standard input. */
  readonly paths: readonly string[];
  readonly keepCr?: boolean;
}

/** A series that came by mail. */
export interface OpenMailbox {
  /** Every mail of the files, replies too. */
  readonly mails: readonly ForeignMail[];
  /** The patches alone, checked, in order: for `applySeries` and `keepCommits`. */
  readonly folder: SeriesFolder;
  /** The `base-commit:` that the mails name, when the tree has it. */
  readonly base: string | undefined;
  /** The `base-commit:` that the mails name. */
  readonly namedBase: string | undefined;
}

/**
 * Reads mailboxes and single mails from files, as `git am` does, and chooses the patches.
 *
 * Nothing is changed anywhere.
 *
 * @throws as `readMailbox` and `selectPatches`; `patch-missing` (user)
 */
export async function openMailbox(request: OpenMailboxRequest): Promise<OpenMailbox> {
  const mails = await readMails(request);
  const folder = selectPatches(mails, request.paths.join(" "));
  const namedBase = mails.find(({ baseCommit }) => baseCommit !== undefined)?.baseCommit;
  const base = namedBase !== undefined && (await hasCommit(request, namedBase));
  return { mails, folder, namedBase, base: base === true ? namedBase : undefined };
}

/** As `openMailbox`, all mails as they are. */
export async function readMails(request: OpenMailboxRequest): Promise<ForeignMail[]> {
  const { keepCr = false, paths } = request;
  const sources = await openMailSources(paths);
  return await withScratch(
    { ...request, onCommand: undefined },
    async ({ git, workDir }) => await readMailbox({ git, workDir, sources, keepCr }),
  );
}

async function hasCommit({ tree, signal }: SeriesContext, id: string): Promise<boolean> {
  const git = openGit({ dir: tree.gitDir, signal });
  return (await git.run(["cat-file", "-e", `${id}^{commit}`])).code === 0;
}
