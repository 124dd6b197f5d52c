import type { Git } from "./git.ts";

/** A commit, taken apart only as far as needed; bytes that may be in any encoding stay bytes. */
export interface CommitObject {
  /** Full id. */
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** The raw object: headers, blank line, message. Latin-1 text, so that no byte is lost. */
  readonly raw: string;
  /** The `author` header after its name: `Name <mail> seconds zone`, Latin-1. */
  readonly author: string;
  /** Latin-1. */
  readonly message: string;
}

/** The commits of a range, oldest first, as `git rev-list --reverse --topo-order` gives them. */
export async function readCommits(git: Git, range: readonly string[]): Promise<CommitObject[]> {
  const ids = await git.lines(["rev-list", "--reverse", "--topo-order", ...range, "--"]);
  if (ids.length === 0) return [];
  const batch = await git.bytes(["cat-file", "--batch"], { input: `${ids.join("\n")}\n` });
  const text = Buffer.from(batch).toString("latin1");
  const commits: CommitObject[] = [];
  let at = 0;
  for (const id of ids) {
    const end = text.indexOf("\n", at);
    const size = Number(text.slice(at, end).split(" ")[2]);
    commits.push(parseCommit(id, text.slice(end + 1, end + 1 + size)));
    at = end + 1 + size + 1;
  }
  return commits;
}

/** Takes the raw text of a commit object apart. */
export function parseCommit(id: string, raw: string): CommitObject {
  const split = raw.indexOf("\n\n");
  const head = split < 0 ? raw : raw.slice(0, split);
  const values = (name: string): string[] =>
    head
      .split("\n")
      .filter((line) => line.startsWith(`${name} `))
      .map((line) => line.slice(name.length + 1));
  return {
    id,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    raw,
    author: values("author")[0] ?? "",
    message: split < 0 ? "" : raw.slice(split + 2),
  };
}
