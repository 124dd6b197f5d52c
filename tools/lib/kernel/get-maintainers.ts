import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../error.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { run } from "../proc/run.ts";
import { SYSTEM_PATH } from "../proc/system-path.ts";
import { narrowMaintainers } from "./narrow-maintainers.ts";

export interface MaintainersCall {
  /** Folder of a kernel tree; get_maintainer.pl runs in it. */
  readonly toolsDir: string;
  /** MAINTAINERS as the series leaves it: a new entry counts for its own files. */
  readonly maintainers: string;
  readonly patch: Uint8Array;
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

/** Part of every cache key: other flags may give other people. */
export const GET_MAINTAINER_FLAGS: readonly string[] = [
  "--nogit",
  "--nogit-fallback",
  "--norolestats",
  "--no-tree",
];
const TIMEOUT_MS = 60_000;

/**
 * The people and lists that scripts/get_maintainer.pl names for a patch, as it writes them.
 *
 * @throws ToolError `get-maintainer-configured` (environment), `get-maintainer-failed` (infra)
 */
export async function getMaintainers(call: MaintainersCall): Promise<string[]> {
  requireUnconfigured(call.toolsDir);
  return await withTempDir(call.tempRoot, async (dir) => {
    const [patch, mpath] = [join(dir, "patch"), join(dir, "MAINTAINERS")];
    await writeFile(patch, call.patch);
    await writeFile(mpath, narrowMaintainers(call.maintainers, call.patch));
    const result = await run({
      file: "perl",
      args: ["scripts/get_maintainer.pl", ...GET_MAINTAINER_FLAGS, `--mpath=${mpath}`, patch],
      cwd: call.toolsDir,
      // The user's own .get_maintainer.conf would choose other flags.
      env: { PATH: SYSTEM_PATH, LC_ALL: "C.UTF-8", HOME: "/nonexistent" },
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

/** The tree is not ours, and may not choose flags such as `--no-l`. */
function requireUnconfigured(toolsDir: string): void {
  if (!existsSync(join(toolsDir, ".get_maintainer.conf"))) return;
  throw new ToolError(`'${toolsDir}' has a .get_maintainer.conf, which may leave people out`, {
    kind: "environment",
    code: "get-maintainer-configured",
    hints: ["judge the series on a base without that file"],
  });
}
