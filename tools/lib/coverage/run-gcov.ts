import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ToolError } from "../error.ts";
import { run } from "../proc/run.ts";
import type { Coverage } from "./coverage.ts";
import { parseGcovJson } from "./parse-gcov.ts";

/** What one guest counted, and the notes of the compiler that explain it. */
export interface GcovRequest {
  /** Paths of the series' own C files in the kernel tree. */
  readonly ownSources: readonly string[];
  /** Folder that has the `.gcno` files under the sources' paths. */
  readonly notesDir: string;
  /** Content of the `.gcda` files by their path in the guest. */
  readonly counts: ReadonlyMap<string, Uint8Array>;
  /** Folder for temporary files; must exist. */
  readonly tempDir: string;
  readonly signal?: AbortSignal;
}

const GCOV_TIMEOUT_MS = 60_000;

/**
 * Lets gcov read what the guest counted. Own sources for which the guest handed nothing over are
 * not part of the result: this configuration does not build them.
 *
 * @throws ToolError `gcov-failed` (infra), `program-missing` (environment)
 */
export async function runGcov(request: GcovRequest): Promise<Coverage> {
  const { ownSources, notesDir, counts, signal } = request;
  const dir = await mkdtemp(join(request.tempDir, "gcov-"));
  try {
    const files = [];
    for (const source of ownSources) {
      const data = source.replace(/\.c$/, ".gcda");
      const counted = [...counts].find(([path]) => path.endsWith(`/${data}`));
      if (counted === undefined) continue;
      const notes = source.replace(/\.c$/, ".gcno");
      await copyFile(join(notesDir, notes), join(dir, basename(notes)));
      await writeFile(join(dir, basename(data)), counted[1]);
      files.push(...parseGcovJson(await callGcov(dir, basename(data), signal), [source]));
    }
    return { files };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function callGcov(dir: string, data: string, signal?: AbortSignal): Promise<string> {
  const result = await run({
    file: "gcov",
    args: ["--branch-probabilities", "--branch-counts", "--json-format", "--stdout", data],
    cwd: dir,
    env: { LC_ALL: "C" },
    timeoutMs: GCOV_TIMEOUT_MS,
    ...(signal && { signal }),
  });
  const text = new TextDecoder().decode(result.stdout);
  // gcov takes counts of another build for none at all, says so and ends with status 0.
  const words = new TextDecoder().decode(result.stderr).trim().split("\n").find(isComplaint) ?? "";
  if (result.code === 0 && text.trim() !== "" && words === "") return text;
  throw new ToolError(`gcov cannot read what the guest counted: ${words}`, {
    kind: "infra",
    code: "gcov-failed",
    hints: [result.command],
  });
}

function isComplaint(line: string): boolean {
  return /:(?:not a gcov data file|stamp mismatch|profile mismatch|corrupted|version)/.test(line);
}
