import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { contentKey, openContentStore } from "../fs/content-store.ts";
import { withLock } from "../fs/lock.ts";
import { run } from "../proc/run.ts";
import { type BuildError, findBuildErrors } from "./build-errors.ts";
import { type Compiler, findCompiler } from "./compiler.ts";
import { configureKernel } from "./configure-kernel.ts";
import { resolveObject } from "./git-objects.ts";
import { assertConfig, type KernelConfig } from "./kernel-config.ts";
import { makeArgs, makeEnv } from "./kernel-make.ts";
import { checkOutTree } from "./source-checkout.ts";

/** One kernel to build. */
export interface BuildRequest {
  /** Kernel repository; only read. */
  readonly repository: string;
  /** Commit, tag or tree. */
  readonly treeish: string;
  readonly config: KernelConfig;
  /** Whether the tree must have the feature's options: not so for the base and early commits. */
  readonly featureExpected: boolean;
  /** Root of rfckit's caches. */
  readonly cacheDir: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

/** What a kernel was built from. */
export interface BuildIdentity {
  /** Of all that follows; the vmlinux is kept under it. */
  readonly key: string;
  readonly treeId: string;
  readonly configHash: string;
  readonly compilerId: string;
}

/** A kernel, or the errors that prevented it. */
export type BuildResult =
  | (BuildIdentity & {
      readonly kind: "built";
      readonly vmlinux: string;
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

/** Changes when the way of building does, so that older cache entries are not used. */
const BUILD_FORMAT = "1";
const BUILD_TIMEOUT_MS = 3_600_000;
const KEPT_FILES = ["vmlinux", ".config", "build.log"];

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
  const { repository, signal, config } = request;
  const compiler = await findCompiler(signal);
  const treeId = await resolveObject(repository, `${request.treeish}^{tree}`, signal);
  const key = contentKey([BUILD_FORMAT, treeId, config.hash, compiler.id]);
  const identity = { key, treeId, configHash: config.hash, compilerId: compiler.id };
  const store = openContentStore(join(request.cacheDir, "kernels"));
  const kept = await store.findDir(key);
  if (kept !== undefined) return await builtFrom(kept, identity, request, true);
  const objectKey = contentKey([config.hash, compiler.id]).slice(0, 16);
  const place = {
    sourceDir: join(request.cacheDir, "build", "source"),
    objectDir: join(request.cacheDir, "build", "objects", objectKey),
  };
  const options = { ...withSignal(signal), purpose: `building ${treeId.slice(0, 12)}` };
  return await withLock(join(request.cacheDir, "build", "lock"), options, async () => {
    const failure = await make(request, identity, compiler, place);
    if (failure !== undefined) return failure;
    const dir = await store.makeDir(key, withSignal(signal), async (temp) => {
      for (const name of KEPT_FILES) await copyFile(join(place.objectDir, name), join(temp, name));
    });
    return await builtFrom(dir, identity, request, false);
  });
}

async function make(
  request: BuildRequest,
  identity: BuildIdentity,
  compiler: Compiler,
  place: { readonly sourceDir: string; readonly objectDir: string },
): Promise<BuildResult | undefined> {
  const { repository, signal, cacheDir } = request;
  const { treeId } = identity;
  await mkdir(place.objectDir, { recursive: true });
  request.onProgress?.(`checking out tree ${treeId.slice(0, 12)}`);
  await checkOutTree({ repository, treeId, dir: place.sourceDir, ...withSignal(signal) });
  const call = { ...place, compiler, treeId, jobs: availableParallelism() };
  const env = makeEnv(join(cacheDir, "ccache"));
  await configureKernel({ call, env, config: request.config, ...withSignal(signal) });
  await assertBuilt(request, place.objectDir);
  request.onProgress?.(`building vmlinux of tree ${treeId.slice(0, 12)}`);
  const logFile = join(place.objectDir, "build.log");
  const result = await run({
    file: "make",
    args: makeArgs(call, ["vmlinux"]),
    env,
    timeoutMs: BUILD_TIMEOUT_MS,
    logFile,
    capture: false,
    ...withSignal(signal),
  });
  signal?.throwIfAborted();
  if (result.code === 0) return undefined;
  const log = await readFile(logFile, "utf8");
  const kept = join(cacheDir, "logs", `build-${identity.key.slice(0, 12)}.log`);
  await mkdir(join(cacheDir, "logs"), { recursive: true });
  await writeFile(kept, log);
  const errors = findBuildErrors(log, place.sourceDir);
  return { ...identity, kind: "failed", errors, logFile: kept, command: result.command };
}

async function builtFrom(
  dir: string,
  identity: BuildIdentity,
  request: BuildRequest,
  fromCache: boolean,
): Promise<BuildResult> {
  await assertBuilt(request, dir);
  const files = { vmlinux: join(dir, "vmlinux"), logFile: join(dir, "build.log") };
  return { ...identity, kind: "built", ...files, fromCache };
}

async function assertBuilt(request: BuildRequest, dir: string): Promise<void> {
  const dotConfig = await readFile(join(dir, ".config"), "utf8");
  assertConfig(request.config, dotConfig, request.featureExpected);
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
