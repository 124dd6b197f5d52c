import { ToolError } from "../error.ts";
import { readCommits } from "../git/commits.ts";
import type { Git } from "../git/git.ts";

/** The ref that holds the newest entry of the log; it only ever grows. */
export const LOG_REF = "refs/rfckit/op/log";

/** A ref before and after an operation; undefined: it did not exist, or does not any more. */
export interface RefChange {
  readonly ref: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What an entry of the log says. */
export interface Operation {
  /** `undo` and `redo` name another entry as `of`. */
  readonly kind: "do" | "undo" | "redo";
  /** The command as it would be typed, without paths: `series split`. */
  readonly command: string;
  /** One line for people. */
  readonly summary: string;
  /** Number of the entry that is undone or done again. */
  readonly of?: number;
  readonly changes: readonly RefChange[];
}

/** An operation with its place in the log. */
export interface LogEntry extends Operation {
  /** Counts from 1. */
  readonly number: number;
  /** Id of the commit that is the entry. */
  readonly commit: string;
  /** Seconds since 1970. */
  readonly timeS: number;
}

/** The log, oldest entry first, and the value of its ref; undefined when there is no log yet. */
export interface OperationLog {
  readonly tip: string | undefined;
  readonly entries: readonly LogEntry[];
}

/**
 * Reads the log of a repository.
 *
 * @throws ToolError `operation-log-broken` (infra)
 */
export async function readLog(git: Git): Promise<OperationLog> {
  const found = await git.run(["rev-parse", "--verify", "--quiet", `${LOG_REF}^{commit}`]);
  if (found.code !== 0) return { tip: undefined, entries: [] };
  const tip = new TextDecoder().decode(found.stdout).trim();
  const commits = await readCommits(git, ["--first-parent", tip]);
  const entries = commits.slice(1).map((commit, at): LogEntry => {
    const timeS = Number(/ (\d+) [+-]\d+$/.exec(commit.author)?.[1] ?? 0);
    const message = Buffer.from(commit.message, "latin1").toString("utf8");
    return { ...parseEntry(message, commit.id), number: at + 1, commit: commit.id, timeS };
  });
  return { tip, entries };
}

/** The message of an entry: what people read first, what rfckit reads below. */
export function renderEntry(operation: Operation): string {
  return `${operation.summary}\n\n${JSON.stringify({ schemaVersion: 1, ...operation })}\n`;
}

function parseEntry(message: string, commit: string): Operation {
  try {
    const json: unknown = JSON.parse(message.slice(message.indexOf("\n\n")));
    if (isOperation(json)) return json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ToolError(`entry '${commit}' of '${LOG_REF}' is not one of rfckit`, {
    kind: "infra",
    code: "operation-log-broken",
    hints: [`git show ${commit}`],
  });
}

function isOperation(json: unknown): json is Operation {
  const one = json as Partial<Operation> | null;
  const kinds: unknown[] = ["do", "undo", "redo"];
  return (
    typeof one === "object" &&
    one !== null &&
    kinds.includes(one.kind) &&
    typeof one.command === "string" &&
    typeof one.summary === "string" &&
    Array.isArray(one.changes) &&
    one.changes.every((change) => /^refs\/[^\s]+$/.test(String(change?.ref)))
  );
}

/** What can be undone and done again: numbers of entries, the next one last. */
export interface UndoState {
  readonly undoable: readonly LogEntry[];
  readonly redoable: readonly LogEntry[];
}

/** Replays the log. A new operation ends what could be done again. */
export function undoState(entries: readonly LogEntry[]): UndoState {
  const undoable: LogEntry[] = [];
  let redoable: LogEntry[] = [];
  for (const entry of entries) {
    if (entry.kind === "do") {
      undoable.push(entry);
      redoable = [];
    } else if (entry.kind === "undo") redoable.push(...undoable.splice(-1));
    else undoable.push(...redoable.splice(-1));
  }
  return { undoable, redoable };
}
