import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { type ContentStore, contentKey, openContentStore } from "../fs/content-store.ts";
import { type KernelTree, resolveTree } from "../kernel/find-tree.ts";
import { workspacePlace } from "../kernel/workspace.ts";
import { formatCommand } from "../proc/format-command.ts";
import { findCompiler } from "./compiler.ts";
import { configArgs } from "./configure-kernel.ts";
import type { KernelConfig } from "./kernel-config.ts";
import { type MakeCall, makeArgs, makeEnv, makeTarget } from "./kernel-make.ts";

/** What decides a build, and where the caches are. */
export interface BuildQuestion {
  readonly tree: KernelTree;
  /** Commit, tag or tree. */
  readonly treeish: string;
  readonly config: KernelConfig;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
}

/** What a kernel is built from. */
export interface BuildIdentity {
  /** Of all that follows; the kernel is kept under it. */
  readonly key: string;
  readonly treeId: string;
  readonly configHash: string;
  readonly compilerId: string;
}

/** A build before it is made. */
export interface LocatedBuild {
  readonly identity: BuildIdentity;
  readonly store: ContentStore;
  /** Directory of the kernel, when it was built before. */
  readonly kept: string | undefined;
  /** The words of make. */
  readonly call: MakeCall;
}

/** Changes when the way of building does, so that older cache entries are not used. */
const BUILD_FORMAT = "1";

/** Finds the key of a build, what is kept under it, and where it would be made. */
export async function locateBuild(question: BuildQuestion): Promise<LocatedBuild> {
  const { tree, signal, config, treeish, env } = question;
  const root = cacheDir(env);
  const compiler = await findCompiler(signal, config.toolPrefix);
  const treeId = await resolveTree(tree.dir, treeish, signal);
  const key = contentKey([BUILD_FORMAT, treeId, config.hash, compiler.id]);
  const objects = contentKey([config.hash, compiler.id]).slice(0, 16);
  const store = openContentStore(join(root, "kernels"));
  const sourceDir = workspacePlace(env, "build").dir;
  const jobs = availableParallelism();
  const objectDir = join(root, "objects", objects);
  const call = { sourceDir, objectDir, compiler, treeId, jobs, variables: config.makeVariables };
  const identity = { key, treeId, configHash: config.hash, compilerId: compiler.id };
  return { identity, store, kept: await store.findDir(key), call };
}

/** The commands that a build would run, as they would be typed; none when it was made before. */
export async function planBuild(question: BuildQuestion): Promise<string[]> {
  const { kept, call } = await locateBuild(question);
  if (kept !== undefined) return [];
  const place = workspacePlace(question.env, "build");
  const git = { file: "git", env: { GIT_DIR: place.gitDir, GIT_WORK_TREE: place.dir } };
  const env = makeEnv(join(cacheDir(question.env), "ccache"));
  return [
    formatCommand({ ...git, args: ["read-tree", "--reset", "-u", call.treeId] }),
    formatCommand({ ...git, args: ["clean", "-ffdxq"] }),
    formatCommand({ file: "make", env, args: configArgs(call) }),
    formatCommand({ file: "make", env, args: makeArgs(call, [makeTarget(question.config.image)]) }),
  ];
}
