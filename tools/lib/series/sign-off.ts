import { ToolError } from "../error.ts";
import type { CommitObject } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { run } from "../proc/run.ts";

/** Name and address of a person, as `Name <mail>`. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Addresses that stand for "the submitter, who is not known yet" end so. */
const PLACEHOLDER = "@rfckit.invalid";

const IDENT_MS = 30_000;

/**
 * The identity that git would give a commit of the user in `cwd`: their own configuration counts,
 * which the rest of rfckit never reads.
 *
 * @throws ToolError `no-git-identity` (user)
 */
export async function readUserIdentity(cwd: string, signal: AbortSignal): Promise<Identity> {
  const result = await run({
    file: "git",
    args: ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"],
    cwd,
    timeoutMs: IDENT_MS,
    signal,
  });
  const ident = /^(.+) <(.+)> \d+ [+-]\d+$/.exec(new TextDecoder().decode(result.stdout).trim());
  const [, name, email] = ident ?? [];
  if (result.code === 0 && name !== undefined && email !== undefined) return { name, email };
  throw new ToolError("git does not know your name and address, so nothing can be signed off", {
    kind: "user",
    code: "no-git-identity",
    hints: ['git config user.name "Your Name"', "git config user.email you@your.domain"],
  });
}

/**
 * Gives commits of the placeholder author to the one who signs off, in a scratch repository.
 *
 * @returns id of the new tip; the same when no author was a placeholder
 */
export async function adoptCommits(
  git: Git,
  commits: readonly CommitObject[],
  base: string,
  identity: Identity,
): Promise<string> {
  let parent = base;
  for (const commit of commits) {
    const author = commit.author.includes(`${PLACEHOLDER}>`)
      ? commit.author.replace(/^.*<[^>]*>/, latin1(`${identity.name} <${identity.email}>`))
      : commit.author;
    const split = commit.raw.indexOf("\n\n");
    const encoding = /^encoding .*$/m.exec(commit.raw.slice(0, split))?.[0];
    const head = [
      `tree ${commit.tree}`,
      `parent ${parent}`,
      `author ${author}`,
      `committer ${author}`,
      ...(encoding === undefined ? [] : [encoding]),
    ].join("\n");
    parent = await git.text(["hash-object", "-t", "commit", "-w", "--stdin"], {
      input: Buffer.from(`${head}\n\n${commit.message}`, "latin1"),
    });
  }
  return parent;
}

function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
