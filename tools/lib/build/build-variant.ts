import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { contentKey, openContentStore } from "../fs/content-store.ts";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import { openGit } from "../git/git.ts";
import { type KernelTree, resolveTree } from "../kernel/find-tree.ts";
import { prepareWorkspace, type Workspace } from "../kernel/workspace.ts";
import { run } from "../proc/run.ts";
import { findClang, findCompiler } from "./compiler.ts";
import type { KconfigValues } from "./kconfig-text.ts";
import type { KernelConfig } from "./kernel-config.ts";
import { type MakeCall, makeArgs, makeEnv } from "./kernel-make.ts";
import { readToolMessages, type ToolMessage } from "./tool-messages.ts";
import {
  configureVariant,
  type KernelVariant,
  machineWords,
  toolPrefixOf,
  variantKey,
} from "./variant.ts";

export interface VariantRequest {
  readonly tree: KernelTree;
  /** Commit, tag or tree. */
  readonly treeish: string;
  readonly variant: KernelVariant;
  readonly lean: KernelConfig;
  /** Targets of make, such as `vmlinux` or `mm/hbf.o`; none to configure only. */
  readonly targets: readonly string[];
  /** Files of our own that are put into the checkout first and are gone with the next one. */
  readonly added?: Readonly<Record<string, string>>;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** What came of a variant. */
export interface VariantResult {
  /** Whether make ended well. */
  readonly ok: boolean;
  readonly messages: readonly ToolMessage[];
  /** What the tree made of the configuration. */
  readonly values: KconfigValues;
  /** What `conf` printed. */
  readonly configLog: string;
  /** Files that the build left in the source folder; must be none. */
  readonly leftovers: readonly string[];
  readonly logFile: string;
  /** The shell line that repeats the build. */
  readonly command: string;
}

type Stored = Omit<VariantResult, "values"> & { readonly values: [string, string][] };

/** Changes when the way of building does, so that older cache entries are not used. */
const VARIANT_FORMAT = "2";
const BUILD_TIMEOUT_MS = 3_600_000;

/**
 * Builds targets of a tree in a configuration, or finds what came of it before: the key is content
 * (tree, configuration, compiler, targets). Each configuration has one object folder for all
 * commits, so that the next commit costs what it changed.
 *
 * @throws ToolError `unknown-commit` (user), `kconfig-failed` (config), `program-missing`
 * (environment), `interrupted`, `no-disk-space` (infra). An error of the compiler is a result.
 */
export async function buildVariant(request: VariantRequest): Promise<VariantResult> {
  const { tree, treeish, variant, lean, targets, added = {}, env, signal } = request;
  const compiler = await (variant.compiler === "clang"
    ? findClang(signal)
    : findCompiler(signal, toolPrefixOf(variant.arch)));
  const treeId = await resolveTree(tree.dir, treeish, signal);
  const folder = contentKey([variantKey(variant, lean), compiler.id]).slice(0, 16);
  const key = contentKey([VARIANT_FORMAT, treeId, folder, ...targets, JSON.stringify(added)]);
  const store = openContentStore(join(cacheDir(env), "variants"));
  const known = await store.readBytes(key);
  if (known !== undefined) return revive(JSON.parse(new TextDecoder().decode(known)) as Stored);
  const workspace = await prepareWorkspace({ ...request, treeish: treeId, purpose: "build" });
  try {
    const objectDir = join(cacheDir(env), "objects", `variant-${folder}`);
    const jobs = availableParallelism();
    const call = { sourceDir: workspace.dir, objectDir, compiler, treeId, jobs };
    const result = await build(request, workspace, call, key);
    await store.writeBytes(key, JSON.stringify({ ...result, values: [...result.values] }));
    return result;
  } finally {
    await workspace.release();
  }
}

function revive(stored: Stored): VariantResult {
  return { ...stored, values: new Map(stored.values) };
}

async function build(
  request: VariantRequest,
  workspace: Workspace,
  call: MakeCall,
  key: string,
): Promise<VariantResult> {
  const { variant, lean, targets, signal, tree, added = {} } = request;
  const env = makeEnv(join(cacheDir(request.env), "ccache"));
  const configured = await configureVariant({
    call,
    variant,
    lean,
    repository: tree.dir,
    env,
    signal,
  });
  const logFile = join(cacheDir(request.env), "logs", `variant-${key.slice(0, 12)}.log`);
  const common = { values: configured.values, configLog: configured.log, logFile };
  if (targets.length === 0) {
    await writeFileAtomic(logFile, configured.log);
    return { ok: true, messages: [], leftovers: [], command: configured.command, ...common };
  }
  for (const [path, text] of Object.entries(added)) {
    await mkdir(dirname(join(call.sourceDir, path)), { recursive: true });
    await writeFile(join(call.sourceDir, path), text);
  }
  request.onProgress?.(`building ${targets.slice(0, 3).join(" ")} (${variant.name})`);
  await mkdir(dirname(logFile), { recursive: true });
  const words = [...machineWords(variant.arch), "-k", ...(variant.words ?? []), ...targets];
  const result = await run({
    file: "make",
    args: makeArgs(call, words),
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
    logFile,
    capture: false,
    signal,
    inheritFds: [workspace.lockFd],
  });
  signal.throwIfAborted();
  const log = existsSync(logFile) ? await readFile(logFile, "utf8") : "";
  return {
    ok: result.code === 0,
    messages: readToolMessages(log, call.sourceDir),
    leftovers: await leftoversOf(workspace, Object.keys(added), signal),
    command: result.command,
    ...common,
  };
}

/** What differs from the checkout after a build with `O=`. */
async function leftoversOf(
  { dir, gitDir }: Workspace,
  own: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const git = openGit({ dir, env: { GIT_DIR: gitDir, GIT_WORK_TREE: dir }, signal });
  const bare = ["-c", "core.bare=false"];
  const changed = await git.lines([...bare, "diff-files", "--name-only"]);
  const added = await git.lines([...bare, "ls-files", "--others"]);
  return [...changed, ...added].filter((path) => !own.includes(path));
}
