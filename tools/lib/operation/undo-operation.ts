import { ToolError } from "../error.ts";
import type { Git } from "../git/git.ts";
import {
  type LogEntry,
  type Operation,
  type RefChange,
  readLog,
  undoState,
} from "./operation-log.ts";
import { readRefValue } from "./read-ref-value.ts";
import { recordOperation } from "./record-operation.ts";

export interface UndoRequest {
  readonly git: Git;
  readonly kind: "undo" | "redo";
  /** Now, in seconds since 1970. */
  readonly nowS: number;
  readonly dryRun: boolean;
}

/** What was, or would be, taken back or done again. */
export interface UndoResult {
  readonly entry: LogEntry;
  readonly changes: readonly RefChange[];
}

/**
 * Takes the newest operation back, or does the one that was taken back last again. Both are entries
 * of the log themselves.
 *
 * @throws ToolError `nothing-to-undo`, `nothing-to-redo`, `ref-moved-since` (user), and those of
 *   `recordOperation`
 */
export async function undoOperation(request: UndoRequest): Promise<UndoResult> {
  const { git, kind } = request;
  const log = await readLog(git);
  const state = undoState(log.entries);
  const entry = (kind === "undo" ? state.undoable : state.redoable).at(-1);
  if (entry === undefined) throw nothingTo(kind);
  const wanted = kind === "undo" ? entry.changes.map(reverse) : entry.changes;
  const changes: RefChange[] = [];
  for (const change of wanted) {
    const now = await readRefValue(git, change.ref);
    if (now === change.from) changes.push(change);
    else if (now !== change.to) throw movedSince(change, now, entry);
  }
  const operation: Operation = {
    kind,
    command: `series ${kind}`,
    summary: `${kind} of ${entry.number}: ${entry.summary}`,
    of: entry.number,
    changes,
  };
  if (!request.dryRun) {
    await recordOperation({ git, operation, nowS: request.nowS, logTip: log.tip });
  }
  return { entry, changes };
}

function reverse({ ref, from, to }: RefChange): RefChange {
  return { ref, from: to, to: from };
}

function nothingTo(kind: "undo" | "redo"): ToolError {
  return new ToolError(`there is nothing to ${kind}`, {
    kind: "user",
    code: `nothing-to-${kind}`,
    hints: ["rfckit series log"],
  });
}

function movedSince(change: RefChange, now: string | undefined, entry: LogEntry): ToolError {
  return new ToolError(
    `'${change.ref}' is ${now ?? "gone"}, not what operation ${entry.number} left or found`,
    {
      kind: "user",
      code: "ref-moved-since",
      hints: [`git update-ref ${change.ref} ${change.to ?? ""}   (by hand, if you mean it)`],
    },
  );
}
