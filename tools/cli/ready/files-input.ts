import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { RoundTripOutcome } from "../../../checks/context.ts";
import type { Place } from "../../../checks/contract.ts";
import { ToolError } from "../../lib/error.ts";
import { cacheDir } from "../../lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../lib/fs/content-store.ts";
import { withTempDir } from "../../lib/fs/temp-dir.ts";
import { openGit } from "../../lib/git/git.ts";
import { openRepository } from "../../lib/kernel/open-repository.ts";
import { resolveCommit } from "../../lib/operation/resolve-commit.ts";
import { keepCommits } from "../../lib/series/keep-commits.ts";
import { type ListedCommit, listCommits } from "../../lib/series/list-commits.ts";
import type { SeriesFolder } from "../../lib/series/read-folder.ts";
import { type ForeignMail, openMailSources, readMailbox } from "../../lib/series/read-mailbox.ts";
import { selectPatches } from "../../lib/series/select-patches.ts";
import type { SeriesMail } from "../../lib/series/series-mail.ts";
import type { CommandContext } from "../command.ts";
import { type GateInput, type KernelBase, keepFindings } from "./gate-input.ts";
import { reviewedCover, reviewedPatches } from "./reviewed-patches.ts";
import { readStageFacts } from "./stage-facts.ts";
import { brokenAt, type OpenedInput } from "./stage-input.ts";
import { findUnfit } from "./unfit-mails.ts";

/** Mailboxes and patch files of anybody. */
export interface FilesRequest {
  /** As they were typed; `-` is standard input. */
  readonly files: readonly string[];
  readonly tree: string | undefined;
  /** What the patches apply to; else what they name, else the HEAD of the tree. */
  readonly base: string | undefined;
  /** A stage of the project, whose recipients and waivers then count. */
  readonly stage: string | undefined;
  readonly prefix: string;
}

/** Keeps the commits of the mails alive while they are judged. */
const REF = "refs/rfckit/mails/files";

/**
 * Reads mailboxes and patch files for the gate. Without `--tree` only their texts can be judged;
 * mails that belong to no numbered series and have no cover letter are judged as patches.
 *
 * @throws ToolError (user) for files that can't be read, and names that git does not know
 */
export async function openFilesInput(
  request: FilesRequest,
  context: CommandContext,
): Promise<OpenedInput> {
  const files = request.files.map((file) => (file === "-" ? file : resolve(context.cwd, file)));
  const told = await readStageFacts(request.stage, context, {
    name: "mails",
    stageName: request.files.join(" "),
    prefix: request.prefix,
  });
  const head = { name: told.name, stage: told.stageName, baseCommit: "" };
  const read = await readMails(files, context).catch(keepBroken);
  const [file = ""] = request.files;
  if (read instanceof ToolError) return { ...head, broken: read, file };
  const { mails, folder, originals, isSeries } = read;
  const namedBase = mails.find(({ baseCommit }) => baseCommit !== undefined)?.baseCommit;
  const kernel = await openKernel(request, namedBase, context);
  const commits = kernel instanceof ToolError ? kernel : await makeCommits(kernel, folder, context);
  const withoutCommits = commits instanceof ToolError ? commits : undefined;
  const listed = commits instanceof ToolError ? undefined : commits;
  const cover = reviewedCover(folder, context.cwd);
  const patches = reviewedPatches(folder.patches, listed, context.cwd);
  const base = kernel instanceof ToolError ? "" : kernel.base;
  return {
    ...head,
    baseCommit: base === "" ? (namedBase ?? "") : base,
    origin: "files",
    judgedAs: isSeries ? "series" : treeOf(request, context) !== undefined ? "patches" : "texts",
    version: mails.find(({ kind }) => kind === "patch")?.version ?? 1,
    recipients: told.recipients,
    waivers: told.waivers,
    cover,
    patches,
    kernel,
    withoutCommits,
    unfit: findUnfit({ patches, cover, base, failed: withoutCommits }),
    featureExpected: request.stage !== undefined,
    roundTrip: async () => appliedOutcome(withoutCommits, file),
    placeOf: placesIn(folder, originals, context.cwd),
  };
}

/** What is wrong with a file is a finding; that there is none is the command line's fault. */
function keepBroken(error: unknown): ToolError {
  const kept = keepFindings(error);
  if (kept.code === "patch-missing") throw kept;
  return kept;
}

interface ReadMails {
  readonly mails: readonly ForeignMail[];
  /** Each mail in a file of its own in the cache, as tools want them. */
  readonly folder: SeriesFolder;
  /** By the path of that file: where the mail came from. */
  readonly originals: ReadonlyMap<string, SeriesMail>;
  readonly isSeries: boolean;
}

async function readMails(files: readonly string[], context: CommandContext): Promise<ReadMails> {
  const { env, signal } = context;
  const sources = await openMailSources(files);
  const mails = await withTempDir(join(cacheDir(env), "tmp"), async (workDir) => {
    // Git needs no repository to read mails.
    return await readMailbox({ git: openGit({ dir: workDir, signal }), workDir, sources });
  });
  const { chosen, isSeries } = choose(mails, files.join(" "));
  const originals = new Map<string, SeriesMail>();
  const keep = async (original: SeriesMail): Promise<SeriesMail> => {
    const { name, mail } = original;
    const key = contentKey(["mail", name, mail.bytes]);
    const store = openContentStore(join(cacheDir(env), "mails"));
    const lock = { signal, purpose: `keeping ${name}` };
    const dir = await store.makeDir(key, lock, async (fresh) => {
      await mkdir(fresh, { recursive: true });
      await writeFile(join(fresh, name), mail.bytes, { flush: true });
    });
    const path = join(dir, name);
    originals.set(path, original);
    return { ...original, path };
  };
  const cover = chosen.cover === undefined ? undefined : await keep(chosen.cover);
  const patches: SeriesMail[] = [];
  for (const patch of chosen.patches) patches.push(await keep(patch));
  return { mails, folder: { ...chosen, cover, patches }, originals, isSeries };
}

/** A whole numbered series, or patches in the order in which they were given. */
function choose(
  mails: readonly ForeignMail[],
  dir: string,
): { readonly chosen: SeriesFolder; readonly isSeries: boolean } {
  const hasCover = mails.some(({ kind }) => kind === "cover");
  const isNumbered = mails.some(
    ({ kind, part }) => kind === "patch" && part !== undefined && part.total > 1,
  );
  try {
    return { chosen: selectPatches(mails, dir), isSeries: hasCover || isNumbered };
  } catch (error) {
    const isPart =
      error instanceof ToolError && ["series-incomplete", "series-mixed"].includes(error.code);
    if (!isPart || hasCover) throw error;
    const single = mails.map((mail) => ({ ...mail, part: undefined }));
    return { chosen: selectPatches(single, dir), isSeries: false };
  }
}

function treeOf({ tree }: FilesRequest, { env }: Pick<CommandContext, "env">): string | undefined {
  const dir = tree ?? env["KERNEL_TREE"];
  return dir === "" ? undefined : dir;
}

async function openKernel(
  request: FilesRequest,
  named: string | undefined,
  { cwd, env, signal }: CommandContext,
): Promise<KernelBase | ToolError> {
  const dir = treeOf(request, { env });
  if (dir === undefined) {
    return lacking("no kernel tree was given", ["--tree DIR, or KERNEL_TREE=DIR"]);
  }
  const tree = await openRepository(dir, { cwd, signal });
  const git = openGit({ dir: tree.dir, signal });
  const word = request.base ?? named ?? "HEAD";
  const found = await resolveCommit(git, word).catch(keepFindings);
  if (!(found instanceof ToolError)) return { tree, base: found };
  if (request.base !== undefined) throw found;
  const why = `the patches are made on '${word}', which '${tree.dir}' does not have`;
  return lacking(why, ["--base COMMIT, to judge them on another base"]);
}

function lacking(why: string, hints: readonly string[]): ToolError {
  return new ToolError(why, { kind: "environment", code: "no-kernel-tree", hints });
}

async function makeCommits(
  { tree, base }: KernelBase,
  folder: SeriesFolder,
  { env, signal }: CommandContext,
): Promise<readonly ListedCommit[] | ToolError> {
  const tempRoot = join(cacheDir(env), "tmp");
  const request = { tree, tempRoot, signal, folder, base, ref: REF };
  const tip = await keepCommits(request).catch(keepFindings);
  return tip instanceof ToolError ? tip : await listCommits(tree.gitDir, { base, tip }, signal);
}

function appliedOutcome(failed: ToolError | undefined, file: string): RoundTripOutcome {
  if (failed === undefined) return { identical: true };
  if (failed.kind === "environment") throw failed;
  return { identical: false, difference: brokenAt(failed, file) };
}

/** The lines of an encoded mail are in no file but ours; those of others are in the user's. */
function placesIn(
  { cover, patches }: SeriesFolder,
  originals: ReadMails["originals"],
  cwd: string,
): NonNullable<GateInput["placeOf"]> {
  const mails = [...(cover === undefined ? [] : [cover]), ...patches];
  return (place: Place): Place => {
    const mail = mails.find(({ path }) => path === resolve(cwd, place.file ?? ""));
    const original = mail === undefined ? undefined : originals.get(mail.path);
    if (original === undefined || original.decoded === true) return place;
    const { path, firstLine = 1 } = original;
    const file = isAbsolute(path) && path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
    return {
      ...place,
      file,
      ...(place.line === undefined ? {} : { line: place.line + firstLine - 1 }),
    };
  };
}
