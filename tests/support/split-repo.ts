import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocatedPlan, parseSplitPlan } from "../../tools/lib/config/load-split-plan.ts";
import { type Git, openGit } from "../../tools/lib/git/git.ts";
import { type SplitRequest, splitCommits } from "../../tools/lib/split/split-commits.ts";

/** Files of one tree: path (Latin-1 bytes) to mode and content (Latin-1 bytes). */
export type Tree = Readonly<Record<string, readonly [mode: string, content: string]>>;

/** A commit for `makeRepo`; the person and message are bytes in Latin-1. */
export interface Snapshot {
  readonly tree: Tree;
  readonly author?: string;
  readonly committer?: string;
  readonly encoding?: string;
  readonly message?: string;
  readonly branch?: string;
}

/** A repository of a test; `end` removes it. */
export interface TestRepo {
  readonly dir: string;
  readonly git: Git;
  end(): void;
}

export const ME = "A U Thor <me@rfckit.invalid> 1700000000 +0130";
export const MY_EMAIL = "me@rfckit.invalid";

/** Runs git as a user would, with nothing of the machine's configuration. */
export function gitIn(dir: string, args: readonly string[], input?: string | Uint8Array): string {
  return execFileSync("git", ["-C", dir, ...args], {
    input: input ?? "",
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" },
    encoding: "latin1",
    maxBuffer: 1 << 28,
  }).trimEnd();
}

/** Makes a repository whose branch `main` (or others) is a line of snapshots. */
export function makeRepo(snapshots: readonly Snapshot[], hash = "sha1"): TestRepo {
  const dir = mkdtempSync(join(tmpdir(), "rfckit-split-"));
  gitIn(dir, ["init", "-q", "-b", "main", `--object-format=${hash}`, "."]);
  gitIn(dir, ["fast-import", "--quiet", "--force"], importStream(snapshots));
  return openTestRepo(dir);
}

/** The repository that `makeRepo` made, for another process. */
export function openTestRepo(dir: string): TestRepo {
  const end = (): void => rmSync(dir, { recursive: true, force: true });
  return { dir, git: openGit({ dir }), end };
}

function importStream(snapshots: readonly Snapshot[]): Buffer {
  const parts = snapshots.map((one, at) => {
    const data = (text: string): string => `data ${Buffer.from(text, "latin1").length}\n${text}\n`;
    const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
    const quoted = (path: string): string => `"${[...path].map(octal).join("")}"`;
    return [
      `commit refs/heads/${one.branch ?? "main"}\nmark :${at + 1}\n`,
      `author ${one.author ?? ME}\ncommitter ${one.committer ?? ME}\n`,
      one.encoding === undefined ? "" : `encoding ${one.encoding}\n`,
      data(one.message ?? "a change\n"),
      at === 0 ? "" : `from :${at}\n`,
      "deleteall\n",
      ...Object.entries(one.tree).map(
        ([path, [mode, content]]) => `M ${mode} inline ${quoted(path)}\n${data(content)}`,
      ),
      "\n",
    ].join("");
  });
  return Buffer.from(parts.join(""), "latin1");
}

/** Parses a plan given as data. */
export function planOf(commits: readonly unknown[]): LocatedPlan {
  return parseSplitPlan(JSON.stringify({ commits }), "plan.yaml");
}

/** A request that splits the newest commit of `main` in place. */
export function requestOf(
  repo: TestRepo,
  plan: LocatedPlan,
  more: Partial<SplitRequest> = {},
): SplitRequest {
  return {
    tree: { dir: repo.dir, gitDir: join(repo.dir, ".git"), own: true },
    tempRoot: join(repo.dir, ".git", "tmp"),
    signal: new AbortController().signal,
    base: gitIn(repo.dir, ["rev-parse", "main~1"]),
    tip: gitIn(repo.dir, ["rev-parse", "main"]),
    source: "refs/heads/main",
    into: "refs/heads/main",
    ownEmails: [MY_EMAIL],
    nowS: 1_700_000_500,
    dryRun: false,
    plan,
    ...more,
  };
}

/** Splits the newest commit of `main` by a plan given as data. */
export async function splitTip(
  repo: TestRepo,
  commits: readonly unknown[],
  more: Partial<SplitRequest> = {},
): ReturnType<typeof splitCommits> {
  return await splitCommits(requestOf(repo, planOf(commits), more));
}
