import { join } from "node:path";
import type { FileChange } from "../../../checks/doc/index/overlay.ts";
import { ToolError } from "../../lib/error.ts";
import { gitLines } from "../../lib/git/git.ts";
import { readBlobs } from "../../lib/git/read-blobs.ts";
import { readSeriesFolder } from "../../lib/series/read-folder.ts";
import type { CommandContext } from "../command.ts";
import { mailedCommits } from "../mailed-commits.ts";
import { openSeries, parseRange } from "../open-series.ts";
import { decodeDocument } from "./collect-documents.ts";
import { findCommit, findKernelTop } from "./document-tree.ts";
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
  return readChanges(shared.tree, { base, tip }, context.signal);
}

/**
 * Reads the files that the commits of a kernel tree change, before and after: of the tree around
 * the working directory, else of the base of the project's series.
 *
 * @param range `A..B`
 * @throws ToolError `bad-range`, `unknown-revision` (user), and of the series
 */
export async function readRangeChanges(
  range: string,
  context: CommandContext,
): Promise<SeriesChanges> {
  const { base, tip } = parseRange(range);
  const around = findKernelTop(join(context.cwd, "file"));
  const tree =
    around === undefined
      ? (await openSeries({}, context)).shared.tree
      : { dir: around, gitDir: around };
  for (const rev of [base, tip]) {
    if ((await findCommit(tree.gitDir, rev, context.signal)) !== undefined) continue;
    throw new ToolError(`'${rev}' names no commit of '${tree.dir}'`, {
      kind: "user",
      code: "unknown-revision",
      hints: ["--range BASE..TIP"],
    });
  }
  return readChanges(tree, { base, tip }, context.signal);
}

async function readChanges(
  { dir, gitDir }: { readonly dir: string; readonly gitDir: string },
  { base, tip }: { readonly base: string; readonly tip: string },
  signal: AbortSignal,
): Promise<SeriesChanges> {
  const call = { dir: gitDir, signal };
  const names = ["-c", "core.quotePath=false", "diff", "--name-only", "--no-renames"];
  const paths = await gitLines({ ...call, args: [...names, "--end-of-options", base, tip] });
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
