import { requireSuccess } from "../proc/check-result.ts";
import { type RunResult, run } from "../proc/run.ts";
import { type ChildEnv, NEUTRAL_OPTIONS, neutralGitEnv } from "./git-env.ts";

/** One call of git. */
export interface GitCall {
  /** Directory that git works in (`git -C`): a worktree, a bare repository or a git directory. */
  readonly dir: string;
  /** Subcommand and its arguments. */
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  /** Added on top of the neutral environment, such as GIT_INDEX_FILE. */
  readonly env?: ChildEnv;
  readonly signal?: AbortSignal;
  /** Ten minutes unless told. */
  readonly timeoutMs?: number;
  readonly inheritFds?: readonly number[];
}

const TIMEOUT_MS = 600_000;

/**
 * Calls git with a neutral environment and gives its raw result, whatever its exit status.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function runGit(call: GitCall): Promise<RunResult> {
  return await run({
    file: "git",
    args: gitArgs(call.dir, call.args),
    env: { ...neutralGitEnv(process.env), ...call.env },
    timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
    ...(call.input === undefined ? {} : { input: call.input }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
    ...(call.inheritFds === undefined ? {} : { inheritFds: call.inheritFds }),
  });
}

/** The arguments of git for a subcommand in `dir`. */
export function gitArgs(dir: string, args: readonly string[]): string[] {
  return ["-C", dir, ...NEUTRAL_OPTIONS, ...args];
}

/**
 * Calls git and gives the bytes of its standard output.
 *
 * @throws ToolError (infra) `git-failed` with git's words, `interrupted`, `no-disk-space`
 */
export async function gitBytes(call: GitCall): Promise<Uint8Array> {
  const result = await runGit(call);
  return requireSuccess(result, { writesTo: call.dir, code: "git-failed" }).stdout;
}

/** As `gitBytes`, decoded, without the final newline. For ids and names, not for content. */
export async function gitText(call: GitCall): Promise<string> {
  return new TextDecoder().decode(await gitBytes(call)).replace(/\n$/, "");
}

/** As `gitText`, as lines; no output gives no lines. */
export async function gitLines(call: GitCall): Promise<string[]> {
  const text = await gitText(call);
  return text === "" ? [] : text.split("\n");
}
