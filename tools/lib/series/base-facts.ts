import type { Git } from "../git/git.ts";

/** What the base is, as far as its repository tells. */
export interface BaseFacts {
  /** The tag of the base itself, or undefined. */
  readonly tag: string | undefined;
  /** A remote branch that has the base, or undefined. */
  readonly remote: string | undefined;
  /** True when the base has no parents, so that nothing older can be looked up. */
  readonly isRoot: boolean;
  /** Commits of the base that neither a tag nor a remote branch has, oldest first. */
  readonly privateCommits: readonly { readonly subject: string; readonly patchId: string }[];
}

/** How far back a file's history is read: some releases of mainline, in a second or two. */
const FIRST_PARENTS = 1000;
const MOST_SUBJECTS = 50;
/** Above this nobody declares them one by one. */
const MOST_COMMITS = 100;

/**
 * Looks for tags and remote branches at and around a commit, and names what they don't have.
 *
 * @param published the commit that readers are told of, when others come between it and `base`
 */
export async function readBaseFacts(
  git: Git,
  base: string,
  published: string = base,
): Promise<BaseFacts> {
  const described = await git.run(["describe", "--tags", "--exact-match", published]);
  const contains = ["for-each-ref", "--format=%(refname:short)", `--contains=${published}`];
  const [remote] = await git.lines([...contains, "--count=1", "refs/remotes"]);
  const parents = (await git.text(["rev-list", "--parents", "-n", "1", published]))
    .split(" ")
    .slice(1);
  const known = await git.lines(["for-each-ref", "--count=1", "refs/remotes", "refs/tags"]);
  const ids =
    known.length === 0
      ? []
      : await git.lines(["rev-list", "--reverse", base, "--not", "--tags", "--remotes"]);
  return {
    tag: described.code === 0 ? decode(described.stdout) : undefined,
    remote,
    isRoot: parents.length === 0,
    privateCommits: await Promise.all(ids.slice(0, MOST_COMMITS).map((id) => declare(git, id))),
  };
}

async function declare(git: Git, id: string) {
  const input = await git.bytes(["diff-tree", "-p", "--root", id]);
  const [patchId = ""] = (await git.text(["patch-id", "--stable"], { input })).split(" ");
  return { subject: await git.text(["log", "-1", "--format=%s", id]), patchId };
}

/**
 * Tells the subjects of the last commits up to `base` that change a file, newest first; each file
 * is looked up once. Merges say nothing of a file, and the first commit of a shallow clone or of a
 * tarball says the same of all files.
 */
export function openHistory(git: Git, base: string): (path: string) => Promise<string[]> {
  const subjects = new Map<string, Promise<string[]>>();
  let range: Promise<string | undefined> | undefined;
  const read = async (path: string): Promise<string[]> => {
    range ??= historyRange(git, base);
    const commits = await range;
    if (commits === undefined) return [];
    const kind = ["--min-parents=1", "--max-parents=1", `--max-count=${MOST_SUBJECTS}`];
    return await git.lines(["log", ...kind, "--format=%s", commits, "--", path]);
  };
  return (path) => {
    const known = subjects.get(path) ?? read(path);
    subjects.set(path, known);
    return known;
  };
}

/** The commits to look at; undefined when there is no other than the base. */
async function historyRange(git: Git, base: string): Promise<string | undefined> {
  const isThere = async (name: string): Promise<boolean> =>
    (await git.run(["rev-parse", "--verify", "--quiet", `${name}^{commit}`])).code === 0;
  if (!(await isThere(`${base}~1`))) return undefined;
  const far = `${base}~${FIRST_PARENTS}`;
  return (await isThere(far)) ? `${far}..${base}` : base;
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
  return { subject: decode(stdout), isInBase: ancestor.code === 0 };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trim();
}
