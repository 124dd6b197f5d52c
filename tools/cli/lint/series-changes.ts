import { join } from "node:path";
import type { FileChange } from "../../../checks/doc/index/overlay.ts";
import { gitLines } from "../../lib/git/git.ts";
import { readBlobs } from "../../lib/git/read-blobs.ts";
import { readSeriesFolder } from "../../lib/series/read-folder.ts";
import type { CommandContext } from "../command.ts";
import { mailedCommits } from "../mailed-commits.ts";
import { openSeries } from "../open-series.ts";
import { decodeDocument } from "./collect-documents.ts";
import type { LintDocument } from "./lint-documents.ts";

/** What a series does to the kernel tree. */
export interface SeriesChanges {
  /** Top of the tree that the series is for. */
  readonly top: string;
  readonly changes: readonly FileChange[];
  /** The documents that it adds or changes, as they are after it. */
  readonly documents: readonly LintDocument[];
}

/**
 * Reads the files of a stage of the project's series before and after its mails.
 *
 * @param stage its name, or true for the current one
 * @throws ToolError of the series and of the kernel tree
 */
export async function readSeriesChanges(
  stage: string | true,
  context: CommandContext,
): Promise<SeriesChanges> {
  const open = await openSeries(stage === true ? {} : { stage }, context);
  const { base, shared, where } = open;
  const commits = await mailedCommits(open, await readSeriesFolder(where.dir), context);
  const tip = commits.at(-1)?.commit ?? base;
  const { dir, gitDir } = shared.tree;
  const call = { dir: gitDir, signal: context.signal };
  const args = ["-c", "core.quotePath=false", "diff", "--name-only", "--no-renames", base, tip];
  const paths = await gitLines({ ...call, args });
  const read = (treeish: string) => readBlobs({ ...call, treeish, paths });
  const [before, after] = paths.length === 0 ? [] : [await read(base), await read(tip)];
  const textOf = (bytes: Uint8Array | undefined) => bytes && decodeDocument(bytes);
  const documents = paths.flatMap((path) => {
    const text = textOf(after?.get(path));
    if (!path.endsWith(".rst") || text === undefined) return [];
    return [{ path, absolute: join(dir, path), text }];
  });
  const changes = paths.map((path): FileChange => {
    const [old, now] = [textOf(before?.get(path)), textOf(after?.get(path))];
    return {
      path,
      ...(old === undefined ? {} : { before: old.source }),
      ...(now === undefined ? {} : { after: now.source }),
    };
  });
  return { top: dir, changes, documents };
}
