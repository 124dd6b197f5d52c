import { relative } from "node:path";
import type { ReviewedPatch } from "../../../checks/context.ts";
import { contentKey, openContentStore } from "../../lib/fs/content-store.ts";
import { gitText } from "../../lib/git/git.ts";
import { applySeries } from "../../lib/series/apply-series.ts";
import { type ListedCommit, listCommits } from "../../lib/series/list-commits.ts";
import type { SeriesFolder } from "../../lib/series/read-folder.ts";
import { nowInSeconds } from "../clock.ts";
import type { OpenSeries } from "../open-series.ts";

/**
 * The patches of a folder with the commits that they make.
 *
 * Applying is remembered by the bytes of the mails: the ids are the same on every machine, so it is
 * enough that the ref of the stage still names the tip.
 *
 * @throws as `applySeries`
 */
export async function commitsOfSeries(
  open: OpenSeries,
  folder: SeriesFolder,
  options: { readonly storeDir: string; readonly projectDir: string },
): Promise<ReviewedPatch[]> {
  const mails = folder.patches.map(({ name, mail }) => [name, mail.bytes] as const);
  const key = contentKey(["applied", open.base, open.where.ref, ...mails.flat()]);
  const store = openContentStore(options.storeDir);
  const known = await store.readBytes(key);
  const remembered =
    known === undefined ? [] : (JSON.parse(new TextDecoder().decode(known)) as ListedCommit[]);
  const isCurrent = remembered.length > 0 && (await tipOf(open)) === remembered.at(-1)?.commit;
  const commits = isCurrent ? remembered : await apply(open, folder);
  if (!isCurrent) await store.writeBytes(key, JSON.stringify(commits));
  return folder.patches.map(({ path, mail }, index) => {
    const commit = commits[index];
    if (commit === undefined) throw new RangeError(`no commit of '${path}'`);
    return {
      ...commit,
      position: `${index + 1}/${folder.patches.length}`,
      file: relative(options.projectDir, path),
      path,
      bytes: mail.bytes,
    };
  });
}

async function apply(open: OpenSeries, folder: SeriesFolder): Promise<ListedCommit[]> {
  const { shared, where, base } = open;
  const { tip } = await applySeries({
    ...shared,
    base,
    dir: folder.dir,
    ref: where.ref,
    nowS: nowInSeconds(),
  });
  return await listCommits(shared.tree.gitDir, { base, tip }, shared.signal);
}

async function tipOf({ shared, where }: OpenSeries): Promise<string | undefined> {
  const args = ["for-each-ref", "--format=%(objectname)", where.ref];
  return await gitText({ dir: shared.tree.gitDir, args, signal: shared.signal });
}
