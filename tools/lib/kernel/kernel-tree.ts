import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { type CacheEnv, cacheDir } from "../fs/cache-dir.ts";
import { requireFreeSpace } from "../fs/disk-space.ts";
import { isDirectory, publishDir } from "../fs/publish-dir.ts";
import { syncFileSystem } from "../fs/write-file-atomic.ts";
import { fetchKernelTarball, type KernelPackage } from "./debian-package.ts";
import { importTree, unpackTarball } from "./import-tarball.ts";

/** The base of a series, as `patches/series.yaml` names it. */
export interface KernelBase {
  /** Debian's source package, such as `linux-source-6.12`. */
  readonly package: string;
  readonly version: string;
  readonly tag: string;
  /** Full id that the base commit must have. */
  readonly commit: string;
}

export interface GetKernelTreeRequest {
  readonly base: KernelBase;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  /** Called with each step, one line, no newline. */
  readonly onProgress: (line: string) => void;
  /** A source tarball to use instead of the package's; tests hand in a small one. */
  readonly tarball?: string;
  /** Free bytes that are asked for before the work starts; 3 GiB unless told. */
  readonly needBytes?: number;
}

const NEED_BYTES = 3 * 1024 * 1024 * 1024;

/** Where the git tree of `base` is kept in the cache, made or not. */
export function kernelTreeDir(base: KernelBase, env: CacheEnv): string {
  return join(cacheDir(env), "kernel", base.version);
}

/** The cached git tree of `base`, or undefined when `kernel get` has not made it. */
export async function findCachedTree(base: KernelBase, env: CacheEnv): Promise<string | undefined> {
  const dir = kernelTreeDir(base, env);
  return (await isDirectory(dir)) ? dir : undefined;
}

/**
 * Gives the git tree of Debian's kernel source package, made in the cache when it is missing.
 *
 * Two runs at once make it once. A killed run leaves no half tree, see `publishDir`.
 *
 * @returns absolute path of the worktree, whose `.git` holds branch `base` and the tag
 * @throws ToolError `kernel-package-unavailable` (environment), `no-disk-space` (infra),
 *   `kernel-base-differs` (config) when the package's content gives another commit
 */
export async function getKernelTree(request: GetKernelTreeRequest): Promise<string> {
  const { base, env, signal, onProgress } = request;
  const dir = kernelTreeDir(base, env);
  if (await isDirectory(dir)) return dir;
  await requireFreeSpace(join(cacheDir(env), "kernel"), request.needBytes ?? NEED_BYTES);
  const options = {
    signal,
    purpose: `making the kernel tree ${base.version}`,
    onWait: (holder: string) => onProgress(`waiting for another run (${holder})`),
  };
  await publishDir(dir, options, async (temp, lock) => {
    const download = join(temp, ".download");
    await mkdir(download);
    const pkg: KernelPackage = { name: base.package, version: base.version };
    const tarball =
      request.tarball ?? (await fetchKernelTarball(pkg, download, { signal, onProgress }));
    onProgress(`unpacking ${tarball}`);
    await unpackTarball(tarball, { dir: temp, signal, lock });
    await rm(download, { recursive: true });
    onProgress("adding the files to git");
    const commit = await importTree({ dir: temp, pkg, tag: base.tag, lock, signal });
    if (commit !== base.commit) throw baseDiffers(base, commit);
    await syncFileSystem(temp);
  });
  return dir;
}

function baseDiffers(base: KernelBase, commit: string): ToolError {
  return new ToolError(
    `the source of '${base.package}' ${base.version} gives base commit '${commit}', ` +
      `not '${base.commit}' as series.yaml says`,
    {
      kind: "config",
      code: "kernel-base-differs",
      hints: ["correct base.commit or base.version in patches/series.yaml"],
    },
  );
}
