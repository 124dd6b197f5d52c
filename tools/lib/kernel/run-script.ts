import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { withTempDir } from "../fs/temp-dir.ts";
import { run } from "../proc/run.ts";
import { SYSTEM_PATH } from "../proc/system-path.ts";

/** A script of the kernel, run on files in a folder of their own. */
export interface ScriptCall {
  /** Folder of a kernel tree; the script comes from here, never from the patches. */
  readonly toolsDir: string;
  /** Path in that tree, such as `scripts/kernel-doc`. */
  readonly script: string;
  readonly args: readonly string[];
  /** Content of the files by path in the kernel tree. */
  readonly files: Readonly<Record<string, string>>;
  /** Where temporary folders go. */
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

export interface ScriptOutput {
  /** Exit status, or null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly command: string;
}

const TIMEOUT_MS = 120_000;
/** What runs a script that is not in perl, with its flags. */
const INTERPRETERS: readonly (readonly [RegExp, string, ...string[]])[] = [
  [/\.py$/, "python3"],
  [/\/check-sysctl-docs$/, "gawk", "-f"],
];

/**
 * Runs a script of the kernel on copies of files, in their folder: what it writes is thrown away.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function runScript(call: ScriptCall): Promise<ScriptOutput> {
  const [, file, ...flags] = INTERPRETERS.find(([name]) => name.test(call.script)) ?? [/./, "perl"];
  return await withTempDir(call.tempRoot, async (dir) => {
    for (const [path, text] of Object.entries(call.files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const result = await run({
      file,
      args: [...flags, join(call.toolsDir, call.script), ...call.args, ...Object.keys(call.files)],
      cwd: dir,
      // Debian's own python3 and perl, whatever the user has in front of them.
      env: { PATH: SYSTEM_PATH, LC_ALL: "C.UTF-8" },
      timeoutMs: TIMEOUT_MS,
      signal: call.signal,
    });
    call.signal.throwIfAborted();
    return {
      code: result.timedOut ? null : result.code,
      stdout: new TextDecoder().decode(result.stdout),
      stderr: new TextDecoder().decode(result.stderr),
      command: `${call.script} ${[...call.args, ...Object.keys(call.files)].join(" ")}`,
    };
  });
}
