import { posix } from "node:path";
import type { FileDiff, PatchProblem } from "./scan-diff.ts";

/** Lines of a file's part of a diff that name a path, and what stands before the path. */
const PATH_LINE = /^(?:--- |\+\+\+ |(?:rename|copy) (?:from|to) )(.+)$/;
const SYMLINK = /^(?:new file mode|new mode) 120000$|^index [0-9a-f]+\.\.[0-9a-f]+ 120000$/;

/**
 * Finds what no patch of a series may have: a path that leads out of the tree or into `.git`, a
 * symlink that points there, and a binary file that the mail has no content of.
 *
 * @param lines the patch file, split at newlines
 * @param files as `scanDiff` found them
 * @param end index of the first line after the diff
 */
export function findUnsafe(
  lines: readonly string[],
  files: readonly FileDiff[],
  end: number,
): PatchProblem[] {
  return files.flatMap((file, at) => {
    const stop = (files[at + 1]?.line ?? end + 1) - 1;
    const head = (file.hunks[0]?.line ?? stop + 1) - 1;
    const paths = pathProblems(lines, file.line - 1, head);
    const target = symlinkTarget(lines, file, head);
    if (target !== undefined && leavesTree(posix.join(posix.dirname(file.path), target), target)) {
      paths.push({ line: file.line, what: `the symlink '${file.path}' leads to '${target}'` });
    }
    const binary = lines
      .slice(file.line, stop)
      .findIndex((it) => /^Binary files .* differ$/.test(it));
    if (binary >= 0 && file.hunks.length === 0) {
      const what = `it lacks the content of binary file '${file.path}'; git diff --binary has it`;
      paths.push({ line: file.line + binary + 1, what });
    }
    return paths;
  });
}

function pathProblems(lines: readonly string[], from: number, to: number): PatchProblem[] {
  const problems: PatchProblem[] = [];
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? "";
    for (const path of namedPaths(line)) {
      const why = unsafePath(path);
      if (why !== undefined) problems.push({ line: at + 1, what: `the path '${path}' ${why}` });
    }
  }
  return problems;
}

/** The paths that a header line names, without `a/` and `b/` where git would take those away. */
function namedPaths(line: string): string[] {
  const both = /^diff --git "?(.+?)"? "?([^" ]+)"?$/.exec(line);
  if (both !== null) return [strip(both[1] ?? ""), strip(both[2] ?? "")];
  const [, text] = PATH_LINE.exec(line) ?? [];
  if (text === undefined) return [];
  const path = text.replace(/\t.*$/, "").replace(/^"(.*)"$/, "$1");
  if (path === "/dev/null") return [];
  return [/^(?:---|\+\+\+) /.test(line) ? strip(path) : path];
}

function strip(path: string): string {
  return path.replace(/^[^/]+\//, "");
}

/** Why git must not write such a path, undefined when it may. */
function unsafePath(path: string): string | undefined {
  if (path.startsWith("/")) return "is absolute";
  const parts = path.split("/");
  if (parts.includes("..")) return "leads out of the tree";
  if (parts.some((part) => part.toLowerCase() === ".git")) return "leads into '.git'";
  return undefined;
}

/** What a symlink of the new tree points to, undefined for all other files. */
function symlinkTarget(lines: readonly string[], file: FileDiff, head: number): string | undefined {
  if (!lines.slice(file.line, head).some((line) => SYMLINK.test(line))) return undefined;
  const [hunk] = file.hunks;
  const added = lines.slice(hunk?.line ?? head).find((line) => line.startsWith("+"));
  return hunk === undefined ? undefined : added?.slice(1);
}

function leavesTree(joined: string, target: string): boolean {
  return target.startsWith("/") || joined.startsWith("../") || unsafePath(joined) !== undefined;
}
