import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { run } from "../proc/run.ts";

export interface MaintainersCall {
  /** Folder of a kernel tree; get_maintainer.pl runs in it. */
  readonly toolsDir: string;
  /** MAINTAINERS as the series leaves it: a new entry counts for its own files. */
  readonly maintainers: string;
  readonly patch: Uint8Array;
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

const FLAGS = ["--nogit", "--nogit-fallback", "--norolestats", "--no-tree"];
const TIMEOUT_MS = 60_000;

/**
 * The people and lists that scripts/get_maintainer.pl names for a patch, as it writes them.
 *
 * @throws ToolError `get-maintainer-failed` (infra)
 */
export async function getMaintainers(call: MaintainersCall): Promise<string[]> {
  return await withTempDir(call.tempRoot, async (dir) => {
    const [patch, mpath] = [join(dir, "patch"), join(dir, "MAINTAINERS")];
    await writeFile(patch, call.patch);
    await writeFile(mpath, call.maintainers);
    const result = await run({
      file: "perl",
      args: ["scripts/get_maintainer.pl", ...FLAGS, `--mpath=${mpath}`, patch],
      cwd: call.toolsDir,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8" },
      timeoutMs: TIMEOUT_MS,
      signal: call.signal,
    });
    call.signal.throwIfAborted();
    const lines = new TextDecoder().decode(result.stdout).split("\n").filter(Boolean);
    if (result.code === 0) return lines;
    const words = new TextDecoder().decode(result.stderr).trim().split("\n").at(-1) ?? "";
    throw new ToolError(`get_maintainer.pl failed: ${words}`, {
      kind: "infra",
      code: "get-maintainer-failed",
      hints: [result.command],
    });
  });
}
