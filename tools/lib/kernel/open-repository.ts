import { resolve } from "node:path";
import { ToolError } from "../error.ts";
import { runGit } from "../git/git.ts";
import type { KernelTree } from "./find-tree.ts";

/**
 * Opens any git repository of a user as a kernel tree: one whose base is not known yet. Whether it
 * has the scripts of a kernel is for those to say who call them.
 *
 * @param dir as it was typed, relative to `cwd`
 * @throws ToolError `not-a-repository` (user)
 */
export async function openRepository(
  dir: string,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<KernelTree> {
  const path = resolve(cwd, dir);
  const refuse = (why: string, cause?: unknown): ToolError =>
    new ToolError(`'${path}' ${why}`, {
      kind: "user",
      code: "not-a-repository",
      hints: ["give the top of a git tree of the kernel with --tree or KERNEL_TREE"],
      ...(cause === undefined ? {} : { cause }),
    });
  const args = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const call = await runGit({ dir: path, args, signal }).catch((error: unknown) => {
    throw refuse("cannot be entered", error);
  });
  if (call.code !== 0) throw refuse("is not a git repository");
  const gitDir = new TextDecoder().decode(call.stdout).replace(/\n$/, "");
  return { dir: path, gitDir, own: true };
}
