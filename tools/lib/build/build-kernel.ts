import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { writeFileAtomic } from "../fs/write-file-atomic.ts";
import type { KernelTree } from "../kernel/find-tree.ts";
import { prepareWorkspace } from "../kernel/workspace.ts";
import { run } from "../proc/run.ts";
import { type BuildError, findBuildErrors } from "./build-errors.ts";
import { configureKernel } from "./configure-kernel.ts";
import { assertConfig, type KernelConfig } from "./kernel-config.ts";
import { type MakeCall, makeArgs, makeEnv, makeTarget } from "./kernel-make.ts";
import { type BuildIdentity, locateBuild } from "./plan-build.ts";

/** One kernel to build. */
export interface BuildRequest {
  readonly tree: KernelTree;
  /** Commit, tag or tree. */
  readonly treeish: string;
  readonly config: KernelConfig;
  /** Whether the tree must have the feature's options: not so for the base and early commits. */
  readonly featureExpected: boolean;
  /** Says where the caches are. */
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
  /** Told when make is at work, which leaves this process idle. */
  readonly onMake?: () => void;
}

/** A kernel, or the errors that prevented it. */
export type BuildResult =
  | (BuildIdentity & {
      readonly kind: "built";
      /** What QEMU boots: the uncompressed kernel, or the image that the configuration names. */
      readonly vmlinux: string;
      /** Folder with the kernel and the files that were kept beside it. */
      readonly dir: string;
      readonly logFile: string;
      readonly fromCache: boolean;
    })
  | (BuildIdentity & {
      readonly kind: "failed";
      readonly errors: readonly BuildError[];
      readonly logFile: string;
      /** The shell line that repeats the build. */
      readonly command: string;
    });

const BUILD_TIMEOUT_MS = 3_600_000;
const KEPT_FILES = [".config", "build.log"];

/**
 * Builds the `vmlinux` of a tree, or finds it among those built before.
 *
 * The key is content: tree, fragments and compiler. Trees are built in one checkout of ours with
 * one object folder for each configuration, so a changed line costs one object and a link.
 *
 * @throws ToolError `unknown-revision` (user), `kconfig-dropped` (config), `program-missing`
 * (environment), `interrupted`, `no-disk-space` (infra). An error of the compiler is a result.
 */
export async function buildKernel(request: BuildRequest): Promise<BuildResult> {
  const { signal, config } = request;
  const { identity, store, kept, call } = await locateBuild(request);
  if (kept !== undefined) return await builtFrom(kept, identity, request, true);
  const { treeId, key } = identity;
  const workspace = await prepareWorkspace({ ...request, treeish: treeId, purpose: "build" });
  try {
    const failure = await make(request, identity, call, workspace.lockFd);
    if (failure !== undefined) return failure;
    const dir = await store.makeDir(key, { signal }, async (temp) => {
      for (const path of [...KEPT_FILES, config.image, ...config.keptFiles]) {
        const from = join(call.objectDir, path);
        // An object of the series that this configuration does not build leaves no notes behind.
        if (!existsSync(from) && config.keptFiles.includes(path)) continue;
        await mkdir(dirname(join(temp, path)), { recursive: true });
        await copyFile(from, join(temp, path));
      }
    });
    return await builtFrom(dir, identity, request, false);
  } finally {
    await workspace.release();
  }
}

async function make(
  request: BuildRequest,
  identity: BuildIdentity,
  call: MakeCall,
  lockFd: number,
): Promise<BuildResult | undefined> {
  const { tree, signal, config } = request;
  const root = cacheDir(request.env);
  await mkdir(call.objectDir, { recursive: true });
  const env = makeEnv(join(root, "ccache"));
  await configureKernel({ repository: tree.dir, call, env, config, signal });
  await assertBuilt(request, call.objectDir);
  request.onProgress?.(`building vmlinux of tree ${call.treeId.slice(0, 12)}`);
  const logFile = join(call.objectDir, "build.log");
  const running = run({
    file: "make",
    args: makeArgs(call, [makeTarget(config.image)]),
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
    logFile,
    capture: false,
    signal,
    inheritFds: [lockFd],
  });
  request.onMake?.();
  const result = await running;
  signal.throwIfAborted();
  if (result.code === 0) return undefined;
  const log = await readFile(logFile, "utf8");
  const kept = join(root, "logs", `build-${identity.key.slice(0, 12)}.log`);
  await writeFileAtomic(kept, log);
  const errors = findBuildErrors(log, call.sourceDir);
  return { ...identity, kind: "failed", errors, logFile: kept, command: result.command };
}

async function builtFrom(
  dir: string,
  identity: BuildIdentity,
  request: BuildRequest,
  fromCache: boolean,
): Promise<BuildResult> {
  await assertBuilt(request, dir);
  const files = { vmlinux: join(dir, request.config.image), logFile: join(dir, "build.log") };
  return { ...identity, kind: "built", dir, ...files, fromCache };
}

async function assertBuilt(request: BuildRequest, dir: string): Promise<void> {
  const dotConfig = await readFile(join(dir, ".config"), "utf8");
  assertConfig(request.config, dotConfig, request.featureExpected);
}
