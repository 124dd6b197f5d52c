import { join } from "node:path";
import { cacheDir } from "../lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../lib/fs/content-store.ts";
import { gitText } from "../lib/git/git.ts";
import { keepCommits } from "../lib/series/keep-commits.ts";
import { type ListedCommit, listCommits } from "../lib/series/list-commits.ts";
import type { SeriesFolder } from "../lib/series/read-folder.ts";
import type { CommandContext } from "./command.ts";
import type { OpenSeries } from "./open-series.ts";

/**
 * The commits that the mails of a stage make on the base, oldest first.
 *
 * They are remembered by the bytes of the mails: the ids are the same on every machine, so it is
 * enough that the ref which keeps them alive still names the tip.
 *
 * @throws as `keepCommits`
 */
export async function mailedCommits(
  open: OpenSeries,
  folder: SeriesFolder,
  context: CommandContext,
): Promise<ListedCommit[]> {
  const { base, where, shared } = open;
  const { gitDir } = shared.tree;
  const ref = where.ref.replace("refs/rfckit/", "refs/rfckit/mails/");
  const mails = folder.patches.map(({ name, mail }) => [name, mail.bytes] as const);
  const key = contentKey(["mailed", base, ref, ...mails.flat()]);
  const store = openContentStore(join(cacheDir(context.env), "mailed"));
  const known = await store.readBytes(key);
  if (known !== undefined) {
    const commits = JSON.parse(new TextDecoder().decode(known)) as ListedCommit[];
    const args = ["for-each-ref", "--format=%(objectname)", ref];
    const tip = await gitText({ dir: gitDir, args, signal: shared.signal });
    if (tip !== "" && tip === commits.at(-1)?.commit) return commits;
  }
  const tip = await keepCommits({ ...shared, base, ref, folder });
  const commits = await listCommits(gitDir, { base, tip }, shared.signal);
  await store.writeBytes(key, JSON.stringify(commits));
  return commits;
}
