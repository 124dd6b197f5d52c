import type { Git } from "../git/git.ts";

/** What the base is, as far as its repository tells. */
export interface BaseFacts {
  /** The tag of the base itself, or undefined. */
  readonly tag: string | undefined;
  /** The nearest tag below, or undefined when no tag is in its history. */
  readonly nearestTag: string | undefined;
  /** Commits between the nearest tag and the base, oldest first. */
  readonly privateCommits: readonly { readonly subject: string; readonly patchId: string }[];
}

/** Above this the commits are a branch of others, and nobody declares them one by one. */
const MOST_COMMITS = 100;

/** Looks for tags at and below a commit, and names what is between. */
export async function readBaseFacts(git: Git, base: string): Promise<BaseFacts> {
  const tag = await describe(git, ["--exact-match", base]);
  const nearestTag = tag ?? (await describe(git, ["--abbrev=0", base]));
  if (tag !== undefined || nearestTag === undefined) {
    return { tag, nearestTag, privateCommits: [] };
  }
  const range = `refs/tags/${nearestTag}..${base}`;
  const ids = await git.lines(["rev-list", "--reverse", `--max-count=${MOST_COMMITS}`, range]);
  const privateCommits = await Promise.all(
    ids.map(async (id) => {
      const input = await git.bytes(["diff-tree", "-p", "--root", id]);
      const [patchId = ""] = (await git.text(["patch-id", "--stable"], { input })).split(" ");
      return { subject: await git.text(["log", "-1", "--format=%s", id]), patchId };
    }),
  );
  return { tag, nearestTag, privateCommits };
}

async function describe(git: Git, args: readonly string[]): Promise<string | undefined> {
  const { code, stdout } = await git.run(["describe", "--tags", ...args]);
  return code === 0 ? new TextDecoder().decode(stdout).trim() : undefined;
}

/** The commit of an id in a message: its subject, and whether `base` has it. */
export async function findReferred(
  git: Git,
  id: string,
  base: string,
): Promise<{ readonly subject: string; readonly isInBase: boolean } | undefined> {
  const { code, stdout } = await git.run(["log", "-1", "--format=%s", `${id}^{commit}`, "--"]);
  if (code !== 0) return undefined;
  const ancestor = await git.run(["merge-base", "--is-ancestor", `${id}^{commit}`, base]);
  return { subject: new TextDecoder().decode(stdout).trim(), isInBase: ancestor.code === 0 };
}
