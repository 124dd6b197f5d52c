import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { RoundTripOutcome } from "../../../checks/context.ts";
import { loadSeriesConfig } from "../../lib/config/load-series-config.ts";
import type { SeriesStage } from "../../lib/config/series-schema.ts";
import { ToolError } from "../../lib/error.ts";
import { cacheDir } from "../../lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../lib/fs/content-store.ts";
import { openGit } from "../../lib/git/git.ts";
import { type KernelTree, obtainKernelTree } from "../../lib/kernel/find-tree.ts";
import { openRepository } from "../../lib/kernel/open-repository.ts";
import { resolveCommit } from "../../lib/operation/resolve-commit.ts";
import { commitFolder, type SeriesContext, withScratch } from "../../lib/series/apply-series.ts";
import { formatPatchOptions } from "../../lib/series/format-options.ts";
import { formatSeries, type SeriesFiles } from "../../lib/series/format-series.ts";
import { type ListedCommit, listCommits } from "../../lib/series/list-commits.ts";
import { readSeriesFolder, type SeriesFolder } from "../../lib/series/read-folder.ts";
import type { CommandContext } from "../command.ts";
import { parseRange } from "../open-series.ts";
import { keepFindings } from "./gate-input.ts";
import { reviewedCover, reviewedPatches } from "./reviewed-patches.ts";
import { readStageFacts } from "./stage-facts.ts";
import { brokenAt, type OpenedInput } from "./stage-input.ts";
import { findUnfit } from "./unfit-mails.ts";

/** Commits of any kernel tree, to be judged as the mails that they would become. */
export interface RangeRequest {
  /** `A..B` */
  readonly range: string;
  readonly tree: string | undefined;
  /** A stage of the project, which then says version, cover letter, recipients and waivers. */
  readonly stage: string | undefined;
  /** Text of a cover letter, as `cover-letter.txt` has it. */
  readonly coverFile: string | undefined;
  /** Subject prefix when no stage says it, such as `RFC PATCH`. */
  readonly prefix: string;
}

/**
 * Makes the mails of a range and opens them for the gate.
 *
 * They are kept in the cache under the ids of the commits, so that places in the report can be
 * looked at, and the next run of the same range needs no git.
 *
 * @throws ToolError `bad-range`, `unknown-revision`, `not-a-repository` (user)
 */
export async function openRangeInput(
  request: RangeRequest,
  context: CommandContext,
): Promise<OpenedInput> {
  const words = parseRange(request.range);
  const tree = await openTree(request.tree, context);
  const git = openGit({ dir: tree.dir, signal: context.signal });
  const base = await resolveCommit(git, words.base);
  const tip = await resolveCommit(git, words.tip);
  const told = await readStageFacts(request.stage, context, {
    name: "commits",
    stageName: request.range,
    prefix: request.prefix,
  });
  const coverText =
    request.coverFile === undefined
      ? told.coverText
      : await readCover(request.coverFile, context.cwd);
  const head = { name: told.name, stage: told.stageName, baseCommit: base };
  const shared = {
    tree,
    tempRoot: join(cacheDir(context.env), "tmp"),
    signal: context.signal,
    onCommand: undefined,
  };
  const range = { shared, base, tip, stage: told.stage, coverText };
  const folder = await mailsOfRange(range, context).catch(keepFindings);
  if (folder instanceof ToolError) return { ...head, broken: folder, file: request.range };
  const commits = await listCommits(tree.gitDir, { base, tip }, context.signal);
  const cover = reviewedCover(folder, context.projectDir);
  const patches = reviewedPatches(folder.patches, commits, context.projectDir);
  return {
    ...head,
    origin: "range",
    judgedAs: "series",
    version: told.stage.version,
    recipients: told.recipients,
    waivers: told.waivers,
    cover,
    patches,
    kernel: { tree, base },
    withoutCommits: undefined,
    unfit: findUnfit({ patches, cover, base, failed: undefined }),
    featureExpected: request.stage !== undefined,
    roundTrip: () => rangeRoundTrip(shared, { base, folder, commits }),
  };
}

async function openTree(named: string | undefined, context: CommandContext): Promise<KernelTree> {
  const { env, cwd, signal } = context;
  const dir = named ?? env["KERNEL_TREE"];
  if (dir !== undefined && dir !== "") return await openRepository(dir, { cwd, signal });
  const { base } = await loadSeriesConfig(context.projectDir);
  const onProgress = (line: string): void => context.stderr(`${line}\n`);
  return await obtainKernelTree({ base, env, cwd, signal, onProgress });
}

async function readCover(file: string, cwd: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, file));
  } catch (cause) {
    throw new ToolError(`cannot read the cover letter '${file}'`, {
      kind: "user",
      code: "cover-text-missing",
      hints: ["--cover FILE: the subject, an empty line, the text"],
      cause,
    });
  }
}

interface CommitRange {
  readonly shared: SeriesContext;
  readonly base: string;
  readonly tip: string;
  readonly stage: SeriesStage;
  readonly coverText: Uint8Array | undefined;
}

/** The mails of a range, from the cache or made now. */
async function mailsOfRange(
  { shared, ...range }: CommitRange,
  context: CommandContext,
): Promise<SeriesFolder> {
  const { base, tip, stage, coverText } = range;
  const form = [JSON.stringify([stage.prefix, stage.version]), ...formatPatchOptions()];
  const cover = coverText === undefined ? [] : [coverText];
  const key = contentKey(["mails", base, tip, ...form, ...cover]);
  const store = openContentStore(join(cacheDir(context.env), "mails"));
  const lock = { signal: context.signal, purpose: `writing the mails of ${base}..${tip}` };
  const dir = await store.makeDir(key, lock, async (fresh) => {
    const files = await formatSeries({ ...shared, ...range });
    refuseEmpty(files);
    for (const [name, bytes] of files) await writeFile(join(fresh, name), bytes, { flush: true });
  });
  return await readSeriesFolder(dir);
}

/** Git makes an empty file of a commit that changes nothing, and that is no mail. */
function refuseEmpty(files: SeriesFiles): void {
  const empty = [...files].filter(([, bytes]) => bytes.length === 0).map(([name]) => name);
  if (empty.length === 0) return;
  throw new ToolError(
    `${empty.length} of ${files.size} commits change nothing: ${empty.join(", ")}`,
    {
      kind: "user",
      code: "commit-empty",
      hints: ["git rebase --empty=drop   (removes commits that change nothing)"],
    },
  );
}

/** The mails must make the same trees again. */
async function rangeRoundTrip(
  shared: SeriesContext,
  range: { base: string; folder: SeriesFolder; commits: readonly ListedCommit[] },
): Promise<RoundTripOutcome> {
  const { base, folder, commits } = range;
  const made = await withScratch(shared, async (scratch) => {
    const again = await commitFolder(folder, base, scratch).catch(keepFindings);
    if (again instanceof ToolError) return again;
    const names = again.map(({ commit }) => `${commit}^{tree}`);
    return await scratch.git.lines(["rev-parse", ...names]);
  });
  if (made instanceof ToolError)
    return { identical: false, difference: brokenAt(made, folder.dir) };
  const at = commits.findIndex(({ tree }, index) => tree !== made[index]);
  const file = folder.patches[at]?.path;
  if (file === undefined) return { identical: true };
  const what = `the mail makes another tree than commit ${commits[at]?.commit.slice(0, 12)}`;
  return { identical: false, difference: { file, what } };
}
