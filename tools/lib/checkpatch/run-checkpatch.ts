import { accessSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { run } from "../proc/run.ts";
import { type CheckpatchFinding, parseCheckpatch } from "./parse-checkpatch.ts";

/** One patch: the absolute path of its file, or its text, which checkpatch reads from stdin. */
export type CheckpatchInput = { readonly file: string } | { readonly text: string };

export interface CheckpatchRequest {
  /** Folder of a kernel tree; checkpatch runs in it and reads its LICENSES and MAINTAINERS. */
  readonly treeDir: string;
  /** Git directory of the tree when `treeDir` has no .git; without one commit ids are not read. */
  readonly gitDir?: string;
  readonly patch: CheckpatchInput;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface CheckpatchReport {
  readonly findings: readonly CheckpatchFinding[];
  /** The shell line that repeats the run. */
  readonly command: string;
}

/** Where Debian's codespell keeps its dictionary; checkpatch's default path is another. */
export const CODESPELL_DICTIONARY =
  "/usr/lib/python3/dist-packages/codespell_lib/data/dictionary.txt";

/** Part of every cache key: other flags may give other findings. */
export const CHECKPATCH_FLAGS: readonly string[] = [
  "--strict",
  "--codespell",
  `--codespellfile=${CODESPELL_DICTIONARY}`,
  "--terse",
  "--show-types",
  "--no-summary",
  "--no-signoff",
];

/** Files of the tree that decide what checkpatch finds, relative to its root. */
export const CHECKPATCH_FILES: readonly string[] = [
  "scripts/checkpatch.pl",
  "scripts/spelling.txt",
  "scripts/const_structs.checkpatch",
  "scripts/spdxcheck.py",
];

/**
 * Runs the tree's own checkpatch on one patch.
 *
 * Problem: checkpatch fails open. With a python3 that lacks `ply` or `git` it takes every SPDX
 * identifier for valid, so PATH is narrowed to the system's folders, where Debian's python3 is.
 * Sign-offs are left to a check of their own (`--no-signoff`).
 *
 * @throws ToolError `checkpatch-missing` (environment), `checkpatch-timeout` and
 * `checkpatch-failed` (infra)
 */
export async function runCheckpatch(request: CheckpatchRequest): Promise<CheckpatchReport> {
  const { patch } = request;
  requireScript(request.treeDir);
  const result = await run({
    file: "perl",
    args: ["scripts/checkpatch.pl", ...CHECKPATCH_FLAGS, "file" in patch ? patch.file : "-"],
    ...("text" in patch ? { input: patch.text } : {}),
    cwd: request.treeDir,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8", GIT_DIR: request.gitDir },
    timeoutMs: request.timeoutMs,
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  if (result.timedOut) {
    throw new ToolError(`checkpatch did not end within ${request.timeoutMs / 1000} s`, {
      kind: "infra",
      code: "checkpatch-timeout",
      hints: [result.command],
    });
  }
  const findings = parseCheckpatch(decode(result.stdout));
  // checkpatch ends with 1 exactly when it printed something; anything else means that it broke.
  if (result.code !== (findings.length === 0 ? 0 : 1)) {
    const tail = decode(result.stderr).trim().split("\n").slice(-3).join("\n  ");
    throw new ToolError(`checkpatch ended with ${result.code ?? result.signal}\n  ${tail}`, {
      kind: "infra",
      code: "checkpatch-failed",
      hints: [result.command],
    });
  }
  return { findings, command: result.command };
}

function requireScript(treeDir: string): void {
  try {
    accessSync(join(treeDir, "scripts/checkpatch.pl"));
  } catch (cause) {
    throw new ToolError(`'${treeDir}' has no scripts/checkpatch.pl, so it is no kernel tree`, {
      kind: "environment",
      code: "checkpatch-missing",
      hints: ["rfckit kernel get"],
      cause,
    });
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
