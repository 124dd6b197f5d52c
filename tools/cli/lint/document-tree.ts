import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gitLines, runGit } from "../../lib/git/git.ts";

/** Files that the top directory of a kernel has. */
const AT_TOP: readonly string[] = ["MAINTAINERS", "Kconfig", "Documentation"];

/**
 * The top of the kernel tree that a file is in; undefined when it is in none.
 *
 * @param known what was found before, by directory, for who asks for many files
 */
export function findKernelTop(
  file: string,
  known = new Map<string, string | undefined>(),
): string | undefined {
  const directory = dirname(file);
  if (known.has(directory)) return known.get(directory);
  const isTop = AT_TOP.every((name) => existsSync(join(directory, name)));
  const above = isTop || dirname(directory) === directory ? undefined : directory;
  const top = isTop ? directory : above && findKernelTop(above, known);
  known.set(directory, top);
  return top;
}

/**
 * The id of a commit; undefined when the directory is not in git, or has no such commit.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function findCommit(
  top: string,
  rev: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
  const commit = await runGit({ dir: top, signal, args: verify });
  return commit.code === 0 ? new TextDecoder().decode(commit.stdout).trim() : undefined;
}

/** Documents, and what else they are judged by that is quick to look for. */
const LOOKED_FOR = ["--", "*.rst", "*.md", "Documentation/ABI", "Kconfig*", "*/Kconfig*"];

/**
 * Which documents of a git worktree, entries of ABI and Kconfig files differ from a commit, or are
 * not in git at all: paths from the top.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function listChanged(
  top: string,
  id: string,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const call = { dir: top, signal };
  const names = ["-c", "core.quotePath=false"];
  const lists = await Promise.all([
    gitLines({ ...call, args: [...names, "diff", "--name-only", "--relative", id, ...LOOKED_FOR] }),
    gitLines({
      ...call,
      args: [...names, "ls-files", "--others", "--exclude-standard", ...LOOKED_FOR],
    }),
  ]);
  return new Set(lists.flat());
}

/** Texts that are kept: a document asks for the same one again and again, a tree for most once. */
const MOST_TEXTS = 40;

/** Looks into the files of a tree, and remembers what it saw. */
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
      if (top === undefined) return undefined;
      const isKnown = texts.has(path) || !isInside(path);
      const text = isKnown ? texts.get(path) : readIfThere(join(top, path));
      // What was asked for last is kept longest.
      texts.delete(path);
      texts.set(path, text);
      const [oldest] = texts.keys();
      if (texts.size > MOST_TEXTS && oldest !== undefined) texts.delete(oldest);
      return text;
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
    // A pipe would be waited for.
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
