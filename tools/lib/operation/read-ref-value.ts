import type { Git } from "../git/git.ts";

/** The value of a ref, undefined when it does not exist. */
export async function readRefValue(git: Git, ref: string): Promise<string | undefined> {
  const result = await git.run(["rev-parse", "--verify", "--quiet", ref]);
  return result.code === 0 ? new TextDecoder().decode(result.stdout).trim() : undefined;
}
