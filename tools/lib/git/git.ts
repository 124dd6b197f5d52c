import { requireSuccess } from "../proc/check-result.ts";
import { formatCommand } from "../proc/format-command.ts";
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
  /** Told each piece of standard output as it comes; it is not kept then. */
  readonly onStdout?: (piece: Uint8Array) => void;
  /** Told each command as it would be typed, before it runs. */
  readonly onCommand?: ((command: string) => void) | undefined;
}

const TIMEOUT_MS = 600_000;

/**
 * Calls git with a neutral environment and gives its raw result, whatever its exit status.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function runGit(call: GitCall): Promise<RunResult> {
  const request = {
    file: "git",
    args: gitArgs(call.dir, call.args),
    env: { ...neutralGitEnv(process.env), ...call.env },
    timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
    ...(call.input === undefined ? {} : { input: call.input }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
    ...(call.inheritFds === undefined ? {} : { inheritFds: call.inheritFds }),
    ...(call.onStdout === undefined ? {} : { onStdout: call.onStdout }),
  };
  call.onCommand?.(gitCommandLine(call));
  const result = await run(request);
  return { ...result, command: gitCommandLine(call) };
}

/** The call as one types it: without the options and variables that only make git neutral. */
function gitCommandLine(call: GitCall): string {
  return formatCommand({
    file: "git",
    args: ["-C", call.dir, ...call.args],
    ...(call.env === undefined ? {} : { env: call.env }),
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

/** Git in one directory, with what every call of one operation shares. */
export interface Git {
  readonly dir: string;
  run(args: readonly string[], more?: GitMore): Promise<RunResult>;
  bytes(args: readonly string[], more?: GitMore): Promise<Uint8Array>;
  text(args: readonly string[], more?: GitMore): Promise<string>;
  lines(args: readonly string[], more?: GitMore): Promise<string[]>;
}

/** What differs from call to call. */
export type GitMore = Pick<GitCall, "input" | "env">;

/** Binds the shared part of several calls; see `runGit`, `gitBytes`, `gitText`, `gitLines`. */
export function openGit(shared: Omit<GitCall, "args" | "input">): Git {
  const call = (args: readonly string[], more: GitMore = {}): GitCall => ({
    ...shared,
    ...more,
    args,
    env: { ...shared.env, ...more.env },
  });
  return {
    dir: shared.dir,
    run: (args, more) => runGit(call(args, more)),
    bytes: (args, more) => gitBytes(call(args, more)),
    text: (args, more) => gitText(call(args, more)),
    lines: (args, more) => gitLines(call(args, more)),
  };
}
