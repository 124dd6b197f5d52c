import { requireSuccess } from "../proc/check-result.ts";
import type { Git } from "./git.ts";

/** A line of a commit's file that a search found. */
export interface FoundLine {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** Reads the files of any commit without a worktree. */
export interface TreeReader {
  /**
   * Undefined when the commit, given by its id, has no such file; remembered as long as the reader.
   */
  text(commit: string, path: string): Promise<string | undefined>;
  /** Lines that match an extended regular expression, in `paths` or everywhere. */
  search(commit: string, pattern: string, paths: readonly string[]): Promise<FoundLine[]>;
  /** Every path of the commit, in git's order; remembered for as long as the reader lives. */
  paths(commit: string): Promise<readonly string[]>;
}

/** Opens a reader on the repository of `git`. */
export function openTreeReader(git: Git): TreeReader {
  const listings = new Map<string, Promise<readonly string[]>>();
  const texts = new Map<string, Promise<string | undefined>>();
  return {
    text(commit, path) {
      const name = `${commit}:${path}`;
      const known = texts.get(name) ?? readText(git, commit, path);
      texts.set(name, known);
      return known;
    },
    async search(commit, pattern, paths) {
      const options = ["grep", "--no-color", "-z", "-n", "-I", "-E", "-e", pattern];
      const found = await git.run([...options, commit, "--", ...paths]);
      // Git says 1 when no line matches; anything above is a failure and no answer.
      if (found.code !== 1) requireSuccess(found, { writesTo: git.dir, code: "git-failed" });
      return new TextDecoder().decode(found.stdout).split("\n").flatMap(lineOf);
    },
    paths(commit) {
      const known = listings.get(commit) ?? listPaths(git, commit);
      listings.set(commit, known);
      return known;
    },
  };
}

async function readText(git: Git, commit: string, path: string): Promise<string | undefined> {
  const listed = await git.text(["ls-tree", "--object-only", commit, "--", path]);
  if (listed === "") return undefined;
  return new TextDecoder().decode(await git.bytes(["cat-file", "blob", listed]));
}

async function listPaths(git: Git, commit: string): Promise<readonly string[]> {
  const bytes = await git.bytes(["ls-tree", "-r", "-z", "--name-only", commit]);
  return new TextDecoder().decode(bytes).split("\0").slice(0, -1);
}

/** `<commit>:<path> NUL <line> NUL <text>` */
function lineOf(record: string): FoundLine[] {
  const [name = "", line = "", ...text] = record.split("\0");
  if (text.length === 0) return [];
  return [{ path: name.slice(name.indexOf(":") + 1), line: Number(line), text: text.join("\0") }];
}
