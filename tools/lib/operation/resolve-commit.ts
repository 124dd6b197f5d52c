import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";

/**
 * The full id of the commit that a word names.
 *
 * @throws ToolError `unknown-revision` (user)
 */
export async function resolveCommit(git: Git, word: string): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${word}^{commit}`];
  const result = await git.run(args);
  if (result.code === 0) return new TextDecoder().decode(result.stdout).trim();
  throw new ToolError(`'${word}' names no commit in '${git.dir}'`, {
    kind: "user",
    code: "unknown-revision",
    hints: [`git -C ${git.dir} log --oneline -5`],
  });
}

/** The full name of the branch or other ref that a word is short for; undefined for an id. */
export async function symbolicName(git: Git, word: string): Promise<string | undefined> {
  const result = await git.run(["rev-parse", "--symbolic-full-name", "--end-of-options", word]);
  const lines = new TextDecoder().decode(result.stdout).split("\n");
  // Problem: git 2.39 prints --end-of-options itself as a line.
  return lines.find((line) => line.startsWith("refs/"));
}
