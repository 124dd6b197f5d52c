import type { PlanCommit } from "../config/split-plan-schema.ts";
import { ToolError } from "../error.ts";
import type { CommitObject } from "../git/commits.ts";
import type { Git } from "../git/git.ts";
import { run } from "../proc/run.ts";
import { cleanMessage } from "../series/mail-info.ts";

const ICONV_MS = 30_000;

/**
 * Makes one commit for each tree. Author, committer, their dates and the encoding are those of the
 * commit that is split, byte for byte, so that the same plan gives the same ids again.
 *
 * @param sources the commits that are split
 * @returns ids, in order
 * @throws ToolError (config) `split-author-unclear`, `message-not-encodable`
 */
export async function writeCommits(
  base: string,
  trees: readonly string[],
  plan: readonly PlanCommit[],
  sources: readonly CommitObject[],
  git: Git,
): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, commit] of plan.entries()) {
    const source = sourceOf(commit, at, sources);
    const head = headersOf(source.raw);
    const encoding = head.get("encoding");
    const message = await encode(cleanMessage(commit.message), encoding, at);
    const text = [
      `tree ${trees[at]}`,
      `parent ${ids[at - 1] ?? base}`,
      `author ${dated(head.get("author") ?? "", commit.date)}`,
      `committer ${dated(head.get("committer") ?? "", commit.date)}`,
      ...(encoding === undefined ? [] : [`encoding ${encoding}`]),
      "",
      "",
    ].join("\n");
    const input = Buffer.concat([Buffer.from(text, "latin1"), message]);
    ids.push(await git.text(["hash-object", "-t", "commit", "-w", "--stdin"], { input }));
  }
  return ids;
}

/** The commit that gives author and dates: the one named, else the last if all have one author. */
function sourceOf(commit: PlanCommit, at: number, sources: readonly CommitObject[]): CommitObject {
  const named = sources.find((source) => source.id === commit.from);
  const person = (source: CommitObject): string => source.author.replace(/ \d+ [+-]\d+$/, "");
  const last = sources.at(-1);
  const same = new Set(sources.map(person)).size === 1;
  if (named !== undefined) return named;
  if (commit.from === undefined && same && last !== undefined) return last;
  const why =
    commit.from === undefined
      ? "the commits that are split have several authors"
      : `'${commit.from}' is not one of the commits that are split`;
  throw new ToolError(`commit ${at + 1} of the plan has no author: ${why}`, {
    kind: "config",
    code: "split-author-unclear",
    hints: sources.slice(0, 5).map((source) => `from: ${source.id}`),
  });
}

/** First value of each header of a raw commit; signatures are not asked for and so dropped. */
function headersOf(raw: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of raw.slice(0, raw.indexOf("\n\n")).split("\n")) {
    const [, name, value] = /^([a-z-]+) (.*)$/s.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name)) headers.set(name, value);
  }
  return headers;
}

/** A person's header with another date, an ISO date with its offset. */
function dated(person: string, date: string | undefined): string {
  if (date === undefined) return person;
  const zone = /([+-]\d\d):?(\d\d)$/.exec(date);
  const seconds = Math.floor(Date.parse(date) / 1000);
  return person.replace(/\d+ [+-]\d+$/, `${seconds} ${zone ? `${zone[1]}${zone[2]}` : "+0000"}`);
}

/** A plan is UTF-8; a commit may say that it is not. */
async function encode(
  message: string,
  encoding: string | undefined,
  at: number,
): Promise<Uint8Array> {
  const utf8 = Buffer.from(message, "utf8");
  if (encoding === undefined || /^utf-?8$/i.test(encoding) || utf8.length === message.length) {
    return utf8;
  }
  const result = await run({
    file: "iconv",
    args: ["--from-code=UTF-8", `--to-code=${encoding}`],
    input: utf8,
    timeoutMs: ICONV_MS,
  });
  if (result.code === 0) return result.stdout;
  throw new ToolError(`the message of commit ${at + 1} has letters that '${encoding}' lacks`, {
    kind: "config",
    code: "message-not-encodable",
    hints: ["write the message in ASCII, or make the commits UTF-8 first"],
  });
}
