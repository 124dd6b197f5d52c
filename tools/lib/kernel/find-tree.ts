import { resolve } from "node:path";
import { ToolError } from "../error.ts";
import { openGit, runGit } from "../git/git.ts";
import { type NamedObject, readObjects } from "../git/read-objects.ts";
import { findCachedTree, type GetKernelTreeRequest, getKernelTree } from "./kernel-tree.ts";

/** A git tree of the kernel. */
export interface KernelTree {
  /** Absolute path, what the user typed or the cached tree. */
  readonly dir: string;
  /** Absolute path of the common git directory (objects, refs). */
  readonly gitDir: string;
  /** Whether it belongs to the user: only read, except for refs under `refs/rfckit/`. */
  readonly own: boolean;
}

export interface FindTreeRequest extends GetKernelTreeRequest {
  /** The value of `--tree`; `KERNEL_TREE` of `env` counts when it is missing. */
  readonly tree?: string;
  readonly cwd: string;
}

/** As `findKernelTree`, and makes the cached tree when there is none. */
export async function obtainKernelTree(request: FindTreeRequest): Promise<KernelTree> {
  if (namedTree(request) === undefined) await getKernelTree(request);
  return await findKernelTree(request);
}

/**
 * Finds the kernel tree: `--tree`, else `KERNEL_TREE`, else the cached one. Checks that it is a git
 * repository, has a kernel's Makefile and scripts/checkpatch.pl, and has the base commit.
 *
 * @throws ToolError `kernel-tree-missing` (environment), `not-a-kernel-tree` (user),
 *   `base-commit-missing` (user)
 */
export async function findKernelTree(
  request: Omit<FindTreeRequest, "onProgress">,
): Promise<KernelTree> {
  const { base, env, signal } = request;
  const named = namedTree(request);
  const dir = named ?? (await findCachedTree(base, env));
  if (dir === undefined) {
    throw new ToolError(`there is no kernel tree of '${base.package}' ${base.version} yet`, {
      kind: "environment",
      code: "kernel-tree-missing",
      hints: ["rfckit kernel get", "--tree DIR, or KERNEL_TREE=DIR"],
    });
  }
  const candidate = { dir, own: named !== undefined };
  const git = openGit({ dir, signal });
  const [gitDirCall, objects] = await Promise.all([
    git.run(["rev-parse", "--path-format=absolute", "--git-common-dir"]),
    readObjects(git, [
      `${base.commit}^{commit}`,
      `${base.commit}:scripts/checkpatch.pl`,
      `${base.commit}:Makefile`,
    ]),
  ]).catch((error: unknown) => {
    throw notAKernel(candidate, "it cannot be entered", error);
  });
  if (gitDirCall.code !== 0) throw notAKernel(candidate, "it is not a git repository");
  const gitDir = new TextDecoder().decode(gitDirCall.stdout).replace(/\n$/, "");
  requireKernel(candidate, base.commit, objects);
  return { ...candidate, gitDir };
}

function namedTree(request: Pick<FindTreeRequest, "tree" | "env" | "cwd">): string | undefined {
  const named = request.tree ?? request.env["KERNEL_TREE"];
  return named === undefined || named === "" ? undefined : resolve(request.cwd, named);
}

type Candidate = Pick<KernelTree, "dir" | "own">;

/** The base comes first: without it nothing else is worth telling. */
function requireKernel(
  candidate: Candidate,
  commit: string,
  [base, script, makefile]: readonly (NamedObject | undefined)[],
): void {
  const { dir, own } = candidate;
  if (base === undefined && !own) {
    throw notAKernel(candidate, `it lacks the base commit '${commit}'`);
  }
  if (base === undefined) {
    throw new ToolError(`'${dir}' does not have the base commit '${commit}'`, {
      kind: "user",
      code: "base-commit-missing",
      hints: [
        "rfckit kernel get   (without --tree and KERNEL_TREE, makes a tree that has it)",
        "name a base that your tree has in patches/series.yaml",
      ],
    });
  }
  if (script === undefined) throw notAKernel(candidate, "its base has no scripts/checkpatch.pl");
  if (!/^VERSION = \d+$/m.test(new TextDecoder().decode(makefile?.bytes))) {
    throw notAKernel(candidate, "its base has no Makefile with VERSION");
  }
}

function notAKernel({ dir, own }: Candidate, why: string, cause?: unknown): ToolError {
  return new ToolError(`'${dir}' is not a kernel tree: ${why}`, {
    kind: "user",
    code: "not-a-kernel-tree",
    hints: own
      ? ["give the top of a git tree of the kernel with --tree or KERNEL_TREE"]
      : [`rm -rf '${dir}'; rfckit kernel get   (makes the tree in the cache anew)`],
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * The full id of the tree of `treeish` in a repository.
 *
 * @throws ToolError `unknown-commit` (user)
 */
export async function resolveTree(
  dir: string,
  treeish: string,
  signal?: AbortSignal,
): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${treeish}^{tree}`];
  const found = await runGit({ dir, args, ...(signal === undefined ? {} : { signal }) });
  if (found.code === 0) return new TextDecoder().decode(found.stdout).trim();
  throw new ToolError(`the kernel tree has no commit or tree '${treeish}'`, {
    kind: "user",
    code: "unknown-commit",
    hints: ["rfckit series apply   (makes the commits from the patches)"],
  });
}
