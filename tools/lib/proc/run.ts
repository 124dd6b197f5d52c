import { createWriteStream, type WriteStream } from "node:fs";
import { execa } from "execa";
import { ToolError } from "../error.ts";
import { formatCommand } from "./format-command.ts";
import { trackProcessGroup } from "./process-groups.ts";

export interface RunRequest {
  /** Program name or path; never a shell line. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the environment; a value of undefined removes the variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** Milliseconds after which the whole process group is killed. */
  readonly timeoutMs: number;
  /** File that receives everything the child writes, both streams in order of arrival. */
  readonly logFile?: string;
  /** Aborting kills the whole process group. */
  readonly signal?: AbortSignal;
  /** Keep stdout and stderr in memory (default true); turn off for very long logs. */
  readonly capture?: boolean;
  /** Told each piece of stdout as it comes; it is not kept then. What it throws ends the child. */
  readonly onStdout?: (piece: Uint8Array) => void;
  /**
   * File descriptors of ours that the child keeps open, as 3, 4, ... on its side. A child that
   * inherits the descriptor of a lock keeps the lock alive when rfckit itself is killed.
   */
  readonly inheritFds?: readonly number[];
}

export interface RunResult {
  /** Exit status, or null when a signal ended the child. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly durationMs: number;
  /** The shell line that repeats the call. */
  readonly command: string;
}

const GRACE_MS = 2_000;

/**
 * Runs a program in its own process group, with a deadline, and waits until all of the group ended.
 *
 * Problem: execa's own timeout kills the direct child only, and a grandchild that holds stdout open
 * keeps the promise pending. So the child leads a new process group and the group is signalled.
 *
 * A non-zero exit status is a result, not an error.
 *
 * @throws ToolError `program-missing` (environment) when the program cannot be started.
 */
export async function run(request: RunRequest): Promise<RunResult> {
  const command = formatCommand(request);
  const started = performance.now();
  if (isAborted(request.signal)) throw abortedError(command);
  const keeps = request.capture ?? true;
  const child = execa(request.file, [...request.args], {
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    env: mergeEnv(request.env),
    extendEnv: false,
    ...(request.input === undefined ? {} : { input: request.input }),
    stdio: [request.input === undefined ? "ignore" : "pipe", "pipe", "pipe", ...inherited(request)],
    detached: true,
    reject: false,
    encoding: "buffer",
    buffer: { stdout: keeps && request.onStdout === undefined, stderr: keeps },
    stripFinalNewline: false,
    cleanup: false,
  });
  const log = request.logFile === undefined ? undefined : createWriteStream(request.logFile);
  if (log !== undefined) teeTo(log, child.stdout, child.stderr);
  const group = trackProcessGroup(child.pid);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    group.end(GRACE_MS);
  }, request.timeoutMs);
  const onAbort = (): void => group.end(GRACE_MS);
  request.signal?.addEventListener("abort", onAbort, { once: true });
  const failure = tellPieces(child.stdout, request.onStdout, onAbort);
  try {
    const result = await child;
    if (failure.thrown !== undefined) throw failure.thrown;
    if (result.exitCode === undefined && result.signal === undefined) {
      throw startError(request.file, result.cause ?? result.originalMessage);
    }
    return {
      code: result.exitCode ?? null,
      signal: result.signal ?? null,
      timedOut,
      aborted: isAborted(request.signal),
      stdout: asBytes(result.stdout),
      stderr: asBytes(result.stderr),
      durationMs: performance.now() - started,
      command,
    };
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", onAbort);
    group.forget();
    if (log !== undefined) await new Promise((done) => log.end(done));
  }
}

/** Problem: execa's types know descriptors up to 9 only, while it passes any on to the child. */
function inherited(request: RunRequest): 3[] {
  return [...(request.inheritFds ?? [])] as 3[];
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function asBytes(output: unknown): Uint8Array {
  return output instanceof Uint8Array ? output : new Uint8Array();
}

function mergeEnv(extra: RunRequest["env"]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...extra })) {
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

function teeTo(log: WriteStream, ...streams: (NodeJS.ReadableStream | null)[]): void {
  for (const stream of streams) stream?.on("data", (chunk: Uint8Array) => log.write(chunk));
}

/** Problem: what a listener of a stream throws would end rfckit, and not this call. */
function tellPieces(
  stream: NodeJS.ReadableStream | null,
  tell: RunRequest["onStdout"],
  end: () => void,
): { thrown?: unknown } {
  const failure: { thrown?: unknown } = {};
  if (tell === undefined) return failure;
  stream?.on("data", (piece: Uint8Array) => {
    if (failure.thrown !== undefined) return;
    try {
      tell(piece);
    } catch (error) {
      failure.thrown = error;
      end();
    }
  });
  return failure;
}

function startError(file: string, cause: unknown): ToolError {
  return new ToolError(`cannot start '${file}'`, {
    kind: "environment",
    code: "program-missing",
    hints: ["rfckit doctor"],
    cause,
  });
}

function abortedError(command: string): ToolError {
  return new ToolError(`interrupted before '${command}' was started`, {
    kind: "infra",
    code: "interrupted",
  });
}
