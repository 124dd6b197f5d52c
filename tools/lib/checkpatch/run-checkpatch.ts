import { accessSync, existsSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { formatCommand } from "../proc/format-command.ts";
import { run } from "../proc/run.ts";
import { SYSTEM_PATH } from "../proc/system-path.ts";
import { type CheckpatchFinding, parseCheckpatch } from "./parse-checkpatch.ts";

/** One patch: its file with the bytes in it, or its text, which checkpatch reads from stdin. */
export type CheckpatchInput =
  | { readonly file: string; readonly bytes: Uint8Array }
  | { readonly text: string };

export interface CheckpatchRequest {
  /** Folder of a kernel tree; checkpatch runs in it and reads its LICENSES and MAINTAINERS. */
  readonly treeDir: string;
  /** Git directory of the tree when `treeDir` has no .git; without one commit ids are not read. */
  readonly gitDir?: string;
  /** All for one process; at most one of them is a text. */
  readonly patches: readonly CheckpatchInput[];
  /** Directory with programs that go before those of the system, see `writeStandIns`. */
  readonly shimDir?: string;
  /** Another dictionary of codespell than the machine's, see `neededWords`. */
  readonly dictionary?: string;
  /** For all of them together. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface CheckpatchReport {
  readonly findings: readonly CheckpatchFinding[];
  /** The shell line that repeats the run for this patch alone. */
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
  "scripts/get_maintainer.pl",
  "MAINTAINERS",
  "LICENSES",
];

/** Files of the machine that decide it beside the tree's. */
export const CHECKPATCH_SYSTEM_FILES: readonly string[] = [
  CODESPELL_DICTIONARY,
  "/usr/lib/python3/dist-packages/ply/lex.py",
  "/usr/lib/python3/dist-packages/git/__init__.py",
];

/**
 * Runs the tree's own checkpatch, in one process, on patches; reports in the same order.
 *
 * Problem: checkpatch fails open. With a python3 that lacks `ply` or `git` it takes every SPDX
 * identifier for valid, so PATH is narrowed to the system's folders, where Debian's python3 is.
 * A .checkpatch.conf, of the tree or of the user, could switch off rules: HOME is none, and a tree
 * that has one is refused. Sign-offs are left to a check of their own (`--no-signoff`).
 *
 * @throws ToolError `checkpatch-missing`, `checkpatch-configured` (environment),
 * `checkpatch-timeout` and `checkpatch-failed` (infra)
 */
export async function runCheckpatch(request: CheckpatchRequest): Promise<CheckpatchReport[]> {
  const { patches, treeDir } = request;
  requireScript(treeDir);
  requireUnconfigured(treeDir);
  const text = patches.flatMap((patch) => ("text" in patch ? [patch.text] : []));
  if (text.length > 1) throw new RangeError("checkpatch has one standard input only");
  const { shimDir } = request;
  const call = {
    file: "/usr/bin/perl",
    cwd: treeDir,
    env: {
      PATH: `${shimDir === undefined ? "" : `${shimDir}:`}${SYSTEM_PATH}`,
      LC_ALL: "C.UTF-8",
      HOME: "/nonexistent",
      GIT_DIR: request.gitDir,
    },
  };
  // Of two equal options checkpatch takes the second one.
  const words = request.dictionary === undefined ? [] : [`--codespellfile=${request.dictionary}`];
  const args = (names: readonly string[]) => [SCRIPT, ...CHECKPATCH_FLAGS, ...words, ...names];
  const result = await run({
    ...call,
    args: args(patches.map(nameOf)),
    ...(text[0] === undefined ? {} : { input: text[0] }),
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
  const names = patches.map(nameOf);
  const strays = findings.filter(({ file }) => !names.includes(file));
  // checkpatch ends with 1 exactly when it printed something; anything else means that it broke.
  if (strays.length > 0 || result.code !== (findings.length === 0 ? 0 : 1)) {
    const tail = decode(result.stderr).trim().split("\n").slice(-3).join("\n  ");
    throw new ToolError(`checkpatch ended with ${result.code ?? result.signal}\n  ${tail}`, {
      kind: "infra",
      code: "checkpatch-failed",
      hints: [result.command],
    });
  }
  return names.map((name) => ({
    findings: findings.filter(({ file }) => file === name).map(({ file: _, ...one }) => one),
    command: checkpatchCommand(request, [name]),
  }));
}

/** The shell line that runs checkpatch on files as the gate does. */
export function checkpatchCommand(
  { treeDir, gitDir }: Pick<CheckpatchRequest, "treeDir" | "gitDir">,
  files: readonly string[],
): string {
  return formatCommand({
    file: "/usr/bin/perl",
    args: [SCRIPT, ...CHECKPATCH_FLAGS, ...files],
    cwd: treeDir,
    env: { PATH: SYSTEM_PATH, LC_ALL: "C.UTF-8", HOME: "/nonexistent", GIT_DIR: gitDir },
  });
}

const SCRIPT = "scripts/checkpatch.pl";

/** What checkpatch gets to read. */
export function bytesOf(patch: CheckpatchInput): Uint8Array {
  return "text" in patch ? new TextEncoder().encode(patch.text) : patch.bytes;
}

function nameOf(patch: CheckpatchInput): string {
  return "file" in patch ? patch.file : "-";
}

function requireScript(treeDir: string): void {
  try {
    accessSync(join(treeDir, SCRIPT));
  } catch (cause) {
    throw new ToolError(`'${treeDir}' has no scripts/checkpatch.pl, so it is no kernel tree`, {
      kind: "environment",
      code: "checkpatch-missing",
      hints: ["rfckit kernel get"],
      cause,
    });
  }
}

function requireUnconfigured(treeDir: string): void {
  if (!existsSync(join(treeDir, ".checkpatch.conf"))) return;
  throw new ToolError(`'${treeDir}' has a .checkpatch.conf, which may switch off rules`, {
    kind: "environment",
    code: "checkpatch-configured",
    hints: ["judge the series on a base without that file"],
  });
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
