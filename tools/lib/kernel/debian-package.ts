import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { lastWords, requireSuccess } from "../proc/check-result.ts";
import { type RunResult, run } from "../proc/run.ts";

/** A Debian source tree package at one version, such as linux-source-6.12 6.12.117-1~deb12u1. */
export interface KernelPackage {
  readonly name: string;
  readonly version: string;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
  /** Where Debian installs the tarball; `/usr/src` unless told. */
  readonly installedDir?: string;
}

const DOWNLOAD_MS = 1_800_000;
const UNPACK_MS = 600_000;
const QUERY_MS = 30_000;

/**
 * Finds or downloads the tarball of a kernel source package. Needs no root and installs nothing.
 *
 * An installed package of that very version is used where it is. Else `apt-get download` fetches
 * it; when apt's own lists are empty or old, once more with private lists under `workDir`.
 *
 * @param workDir an existing directory for temporary files
 * @returns path of the `.tar.xz`
 * @throws ToolError `kernel-package-unavailable` (environment) with the line to run
 */
export async function fetchKernelTarball(
  pkg: KernelPackage,
  workDir: string,
  options: FetchOptions,
): Promise<string> {
  const installed = join(options.installedDir ?? "/usr/src", `${pkg.name}.tar.xz`);
  if ((await installedVersion(pkg.name, options)) === pkg.version && (await isFile(installed))) {
    options.onProgress(`using ${installed}, installed at version ${pkg.version}`);
    return installed;
  }
  options.onProgress(`downloading package ${pkg.name} ${pkg.version}`);
  const first = await download(pkg, workDir, [], options);
  if (first.code !== 0) await downloadWithPrivateLists(pkg, workDir, options);
  const deb = (await readdir(workDir)).find((name) => name.endsWith(".deb"));
  if (deb === undefined) throw unavailable(pkg, "apt-get wrote no package file");
  const args = ["-x", join(workDir, deb), join(workDir, "package")];
  const result = await run({
    file: "dpkg-deb",
    args,
    timeoutMs: UNPACK_MS,
    signal: options.signal,
  });
  requireSuccess(result, { writesTo: workDir, code: "unpack-failed" });
  return join(workDir, "package", "usr", "src", `${pkg.name}.tar.xz`);
}

async function downloadWithPrivateLists(
  pkg: KernelPackage,
  workDir: string,
  options: FetchOptions,
): Promise<void> {
  const lists = join(workDir, "lists");
  const cache = join(workDir, "cache");
  await mkdir(join(lists, "partial"), { recursive: true });
  await mkdir(join(cache, "archives", "partial"), { recursive: true });
  const where = ["-o", `Dir::State::Lists=${lists}`, "-o", `Dir::Cache=${cache}`];
  options.onProgress("reading the package lists anew");
  const update = await aptGet([...where, "update"], workDir, options);
  if (update.code !== 0) throw unavailable(pkg, lastWords(update));
  const second = await download(pkg, workDir, where, options);
  if (second.code !== 0) throw unavailable(pkg, lastWords(second));
}

async function download(
  pkg: KernelPackage,
  workDir: string,
  where: readonly string[],
  options: FetchOptions,
): Promise<RunResult> {
  return await aptGet([...where, "download", `${pkg.name}=${pkg.version}`], workDir, options);
}

async function aptGet(
  args: readonly string[],
  workDir: string,
  options: FetchOptions,
): Promise<RunResult> {
  const result = await run({
    file: "apt-get",
    args: ["-q", "-o", "APT::Sandbox::User=", ...args],
    cwd: workDir,
    env: { LC_ALL: "C" },
    timeoutMs: DOWNLOAD_MS,
    signal: options.signal,
  });
  if (result.aborted || /No space left/.test(lastWords(result))) {
    requireSuccess(result, { writesTo: workDir, code: "download-failed" });
  }
  return result;
}

async function installedVersion(name: string, options: FetchOptions): Promise<string | undefined> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills the fields in
  const args = ["-W", "-f", "${Version} ${db:Status-Status}", name];
  const result = await run({
    file: "dpkg-query",
    args,
    timeoutMs: QUERY_MS,
    signal: options.signal,
  });
  const [version, status] = new TextDecoder().decode(result.stdout).split(" ");
  return result.code === 0 && status === "installed" ? version : undefined;
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function unavailable(pkg: KernelPackage, words: string): ToolError {
  return new ToolError(`cannot download '${pkg.name}' version '${pkg.version}': ${words}`, {
    kind: "environment",
    code: "kernel-package-unavailable",
    hints: [
      `sudo apt-get update && sudo apt-get install -y ${pkg.name}=${pkg.version}`,
      "rfckit kernel get --tree DIR   (a kernel git tree that has the base commit)",
    ],
  });
}
