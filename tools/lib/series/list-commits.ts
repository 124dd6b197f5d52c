import { gitText } from "../git/git.ts";

/** A commit as people read it. */
export interface ListedCommit {
  readonly commit: string;
  readonly tree: string;
  /** `Name <address>` */
  readonly author: string;
  readonly subject: string;
  /** The message without its subject. */
  readonly body: string;
}

const FIELDS = ["%H", "%T", "%an <%ae>", "%s", "%b"];

/** The commits of `base..tip`, oldest first. */
export async function listCommits(
  dir: string,
  range: { readonly base: string; readonly tip: string },
  signal: AbortSignal,
): Promise<ListedCommit[]> {
  const format = `--format=tformat:${FIELDS.join("%x00")}%x01`;
  const args = ["log", "--reverse", "--topo-order", format, `${range.base}..${range.tip}`];
  const text = await gitText({ dir, args, signal });
  const records = text.split("\u0001").map((record) => record.replace(/^\n/, ""));
  return records
    .filter((record) => record !== "")
    .map((record) => {
      const [commit = "", tree = "", author = "", subject = "", body = ""] = record.split("\0");
      return { commit, tree, author, subject, body };
    });
}
