import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import type { HeldLock } from "../fs/lock.ts";
import { gitBytes, gitText } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";
import type { KernelPackage } from "./debian-package.ts";

export interface ImportRequest {
  /** Directory that becomes the git tree. */
  readonly dir: string;
  readonly pkg: KernelPackage;
  /** Lightweight tag of the base commit, such as `debian/6.12.117-1_deb12u1`. */
  readonly tag: string;
  readonly lock: HeldLock;
  readonly signal: AbortSignal;
}

/** A day in November 2024, when 6.12 was released; any fixed date gives the same commit. */
const BASE_DATE = "1731888000 +0000";

const UNPACK_MS = 1_800_000;

/**
 * Settings of the import. A threshold of 1 makes git stream every file into one pack; as loose
 * objects 86,000 files take twice the time and 86,000 inodes.
 */
const IMPORT_OPTIONS = ["-c", "core.bigFileThreshold=1", "-c", "core.compression=1"] as const;

/**
 * Makes an unpacked source tree a git repository with one commit on branch `base`.
 *
 * The commit is a function of package name, version and content: ident, date and message are fixed,
 * every file is added as it is, whatever the umask, ignore files and configuration.
 *
 * @returns the id of the commit
 */
export async function importTree(request: ImportRequest): Promise<string> {
  const { dir, pkg, signal } = request;
  const call = { dir, signal, inheritFds: [request.lock.fd], timeoutMs: UNPACK_MS } as const;
  const init = ["init", "--quiet", "--object-format=sha1", "--initial-branch=base", "--template="];
  await gitBytes({ ...call, args: [...init, "."] });
  await gitBytes({ ...call, args: [...IMPORT_OPTIONS, "add", "--force", "--all", "."] });
  const tree = await gitText({ ...call, args: ["write-tree"] });
  const ident = pkg.name;
  const commit = await gitText({
    ...call,
    args: ["commit-tree", tree],
    input: baseMessage(pkg),
    env: {
      GIT_AUTHOR_NAME: ident,
      GIT_AUTHOR_EMAIL: `${ident}@rfckit.invalid`,
      GIT_AUTHOR_DATE: BASE_DATE,
      GIT_COMMITTER_NAME: ident,
      GIT_COMMITTER_EMAIL: `${ident}@rfckit.invalid`,
      GIT_COMMITTER_DATE: BASE_DATE,
    },
  });
  await gitBytes({ ...call, args: ["update-ref", "refs/heads/base", commit] });
  await gitBytes({ ...call, args: ["update-ref", `refs/tags/${request.tag}`, commit] });
  await gitBytes({ ...call, args: ["repack", "-d", "-q"] });
  return commit;
}

function baseMessage(pkg: KernelPackage): string {
  return (
    `${pkg.name} ${pkg.version}\n\n` +
    `The tree of Debian's package ${pkg.name}, unpacked, without history.\n`
  );
}

/** Unpacks a tarball so that its one top directory becomes `dir` itself, with its modes. */
export async function unpackTarball(
  tarball: string,
  { dir, signal, lock }: Pick<ImportRequest, "dir" | "signal" | "lock">,
): Promise<void> {
  const inner = join(dir, ".unpacked");
  await mkdir(inner);
  const result = await run({
    file: "tar",
    args: ["-xJf", tarball, "-C", inner, "--same-permissions", "--no-same-owner"],
    env: { LC_ALL: "C", XZ_OPT: "-T0" },
    timeoutMs: UNPACK_MS,
    signal,
    inheritFds: [lock.fd],
  });
  requireSuccess(result, {
    writesTo: dir,
    code: "unpack-failed",
    hints: ["rfckit kernel get   (downloads the package again)"],
  });
  const [top, ...others] = await readdir(inner);
  if (top === undefined || others.length > 0) {
    throw new ToolError(`'${tarball}' holds no single top directory`, {
      kind: "environment",
      code: "kernel-package-unavailable",
      hints: ["rfckit kernel get --tree DIR"],
    });
  }
  for (const name of await readdir(join(inner, top))) {
    await rename(join(inner, top, name), join(dir, name));
  }
  await rm(inner, { recursive: true });
}
