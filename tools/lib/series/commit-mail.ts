import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Git } from "../git/git.ts";
import { lastWords } from "../proc/check-result.ts";
import { doesNotApply } from "./apply-error.ts";
import { brokenPatch, type SeriesMail } from "./read-folder.ts";

/** What `git mailinfo` makes of a mail. */
export interface MailInfo {
  readonly author: string;
  readonly email: string;
  readonly date: string;
  /** UTF-8. */
  readonly message: string;
  /** File with the diff alone. */
  readonly diffFile: string;
}

/** Where the commit of a mail goes. */
export interface CommitTarget {
  /** Git in the scratch repository. */
  readonly git: Git;
  /** Directory for temporary files. */
  readonly workDir: string;
  /** Index that holds the tree of `parent`, and afterwards that of the new commit. */
  readonly indexFile: string;
  readonly parent: string;
}

/**
 * Makes the commit of one mail on `target.parent`, as `git am` reads it, without a worktree.
 *
 * The committer is the author and the commit date is the author date: the id then depends on the
 * mail and the parent alone.
 *
 * @returns id of the commit
 * @throws ToolError (user) `patch-does-not-apply`, `patch-broken`
 */
export async function commitMail(patch: SeriesMail, target: CommitTarget): Promise<string> {
  const { git, indexFile } = target;
  const info = await readMailInfo(patch, target);
  const env = { GIT_INDEX_FILE: indexFile };
  const args = ["apply", "--cached", "--whitespace=nowarn", "-p1", info.diffFile];
  const applied = await git.run(args, { env });
  if (applied.code !== 0) throw doesNotApply(patch, applied, git.dir);
  const tree = await git.text(["write-tree"], { env });
  const commit = await git.run(["commit-tree", tree, "-p", target.parent], {
    input: info.message,
    env: identEnv(info),
  });
  if (commit.code !== 0) throw brokenPatch(patch.path, 1, lastWords(commit));
  return new TextDecoder().decode(commit.stdout).trim();
}

function identEnv(info: MailInfo): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: info.author,
    GIT_AUTHOR_EMAIL: info.email,
    GIT_AUTHOR_DATE: info.date,
    GIT_COMMITTER_NAME: info.author,
    GIT_COMMITTER_EMAIL: info.email,
    GIT_COMMITTER_DATE: info.date,
  };
}

/** `-b` keeps a tag such as `[foo]` that belongs to the subject; only those of PATCH go. */
const MAILINFO = ["mailinfo", "-b", "--encoding=UTF-8", "--no-scissors", "--quoted-cr=nowarn"];

/**
 * Reads a mail as `git am` does.
 *
 * @throws ToolError (user) `patch-broken`
 */
export async function readMailInfo(
  patch: Pick<SeriesMail, "path"> & { readonly mail: Pick<SeriesMail["mail"], "bytes"> },
  target: Pick<CommitTarget, "git" | "workDir">,
): Promise<MailInfo> {
  const messageFile = join(target.workDir, "message");
  const diffFile = join(target.workDir, "diff");
  await writeFile(messageFile, "");
  const args = [...MAILINFO, messageFile, diffFile];
  const result = await target.git.run(args, { input: patch.mail.bytes });
  if (result.code !== 0) throw brokenPatch(patch.path, 1, lastWords(result));
  const lines = new TextDecoder().decode(result.stdout).split("\n");
  const fieldOf = (name: string): string => {
    const line = lines.find((one) => one.startsWith(`${name}: `));
    if (line === undefined) throw brokenPatch(patch.path, 1, `it has no ${name.toLowerCase()}`);
    return line.slice(name.length + 2);
  };
  const body = await readFile(messageFile, "utf8");
  return {
    author: fieldOf("Author"),
    email: fieldOf("Email"),
    date: fieldOf("Date"),
    message: cleanMessage(`${fieldOf("Subject")}\n\n${body}`),
    diffFile,
  };
}

/** As `git stripspace`: no space at line ends, no two empty lines together, none at the ends. */
export function cleanMessage(message: string): string {
  const lines = message.split("\n").map((line) => line.replace(/[ \t\r\v\f]+$/, ""));
  const kept = lines.filter((line, at) => line !== "" || (lines[at - 1] ?? "") !== "");
  const text = kept.join("\n").replace(/^\n+|\n+$/g, "");
  return text === "" ? "" : `${text}\n`;
}
