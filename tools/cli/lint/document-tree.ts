import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gitLines, runGit } from "../../lib/git/git.ts";

/** Files that the top directory of a kernel has. */
const AT_TOP: readonly string[] = ["MAINTAINERS", "Kconfig", "Documentation"];

/** The top of the kernel tree that a file is in; undefined when it is in none. */
export function findKernelTop(file: string): string | undefined {
  let directory = dirname(file);
  for (;;) {
    const here = directory;
    if (AT_TOP.every((name) => existsSync(join(here, name)))) return directory;
    const parent = dirname(directory);
    if (parent === directory) return undefined;
    directory = parent;
  }
}

/**
 * Which files of a git worktree differ from a commit, or are not in git at all: paths from the top.
 * Undefined when the directory is not in git, or has no commit.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function findChanged(
  top: string,
  since: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${since}^{commit}`];
  const commit = await runGit({ dir: top, signal, args: verify });
  if (commit.code !== 0) return undefined;
  const id = new TextDecoder().decode(commit.stdout).trim();
  const call = { dir: top, signal };
  const names = ["-c", "core.quotePath=false"];
  const limit = ["--", "*.rst", "*.md"];
  const changed = await gitLines({
    ...call,
    args: [...names, "diff", "--name-only", "--relative", id, ...limit],
  });
  const untracked = await gitLines({
    ...call,
    args: [...names, "ls-files", "--others", "--exclude-standard", ...limit],
  });
  return new Set([...changed, ...untracked]);
}

/** Looks into the files of a tree, each at most once. */
export function openTreeFiles(top: string | undefined): {
  readonly pathExists: (path: string) => boolean;
  readonly readTreeFile: (path: string) => string | undefined;
} {
  const exists = new Map<string, boolean>();
  const texts = new Map<string, string | undefined>();
  const isInside = (path: string): boolean =>
    top !== undefined && !relative(top, join(top, path)).startsWith("..");
  return {
    pathExists: (path) => {
      const known = exists.get(path);
      if (known !== undefined) return known;
      const found = top !== undefined && isInside(path) && existsSync(join(top, path));
      exists.set(path, found);
      return found;
    },
    readTreeFile: (path) => {
      if (top === undefined || !isInside(path)) return undefined;
      if (!texts.has(path)) texts.set(path, readIfThere(join(top, path)));
      return texts.get(path);
    },
  };
}

/** Reads files beside a document: empty text for a directory, undefined for what is not there. */
export function readBeside(document: string): (path: string) => string | undefined {
  return (path) => {
    const file = join(dirname(document), path);
    if (!existsSync(file)) return undefined;
    return path.endsWith(".md") ? readIfThere(file) : "";
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
