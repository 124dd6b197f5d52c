import { statfsSync } from "node:fs";
import { ToolError } from "../error.ts";
import { noSpaceError, saysNoSpace } from "../fs/disk-space.ts";
import type { RunResult } from "./run.ts";

const LAST_LINES = 8;
const FULL_BYTES = 64 * 1024;

export interface ResultExpectation {
  /** Where the child writes, for the message when the disk is full. */
  readonly writesTo: string;
  /** Code of the ToolError when the child failed. */
  readonly code: string;
  readonly hints?: readonly string[];
}

/**
 * Gives the result of a child that ended with status 0, and throws for every other end.
 *
 * @throws ToolError (infra) `interrupted`, `no-disk-space`, or `expected.code` with the last lines
 */
export function requireSuccess(result: RunResult, expected: ResultExpectation): RunResult {
  if (result.code === 0 && !result.timedOut) return result;
  if (result.aborted) {
    throw new ToolError(`interrupted while '${result.command}' ran`, {
      kind: "infra",
      code: "interrupted",
    });
  }
  const words = lastWords(result);
  if (saysNoSpace(words) || isFull(expected.writesTo)) {
    throw noSpaceError(expected.writesTo, undefined, words);
  }
  throw new ToolError(`'${result.command}' ${endOf(result)}: ${words}`, {
    kind: "infra",
    code: expected.code,
    hints: expected.hints ?? [],
  });
}

/** Problem: git does not always tell why a write failed ("unable to write new index file"). */
function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < FULL_BYTES;
  } catch {
    return false;
  }
}

/** The last lines that a child wrote on stderr, else on stdout. */
export function lastWords(result: RunResult): string {
  const decoder = new TextDecoder();
  const text = decoder.decode(result.stderr).trim() || decoder.decode(result.stdout).trim();
  return text.split("\n").slice(-LAST_LINES).join("\n");
}

function endOf(result: RunResult): string {
  if (result.timedOut) return "took too long and was ended";
  if (result.code === null) return `was ended by ${result.signal ?? "a signal"}`;
  return `failed with status ${result.code}`;
}
