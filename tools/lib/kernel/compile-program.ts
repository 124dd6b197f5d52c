import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readToolMessages, type ToolMessage } from "../build/tool-messages.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { gitBytes } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";

export interface ProgramRequest {
  readonly gitDir: string;
  readonly commit: string;
  /** C file of a selftest, such as `tools/testing/selftests/mm/hbf_ctl.c`. */
  readonly path: string;
  /** UAPI headers that the machine's own do not have: content by path in the kernel tree. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

const SELFTESTS = "tools/testing/selftests";
const FLAGS = ["-fsyntax-only", "-Wall", "-D_GNU_SOURCE", "-D__EXPORTED_HEADERS__"];
const TIMEOUT_MS = 60_000;

/**
 * What gcc has against a program of the selftests: its folder as the commit has it, with the given
 * UAPI headers in front of the machine's. Nothing is linked, so no library has to be there.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function compileProgram(request: ProgramRequest): Promise<ToolMessage[]> {
  const { gitDir, commit, path, headers, tempRoot, signal } = request;
  return await withTempDir(tempRoot, async (dir) => {
    const args = ["archive", commit, dirname(path), `${SELFTESTS}/kselftest.h`];
    const harness = [`${SELFTESTS}/kselftest_harness.h`, "tools/include"];
    const archive = await gitBytes({ dir: gitDir, args: [...args, ...harness], signal });
    const untar = ["-x", "-f", "-", "-C", dir];
    const unpacked = await run({ file: "tar", args: untar, input: archive, timeoutMs: TIMEOUT_MS });
    requireSuccess(unpacked, { writesTo: dir, code: "tar-failed" });
    for (const [name, text] of Object.entries(headers)) {
      const target = join(dir, name.replace(/^.*include\/uapi\//, "usr/include/"));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    const includes = ["usr/include", SELFTESTS].flatMap((name) => ["-I", join(dir, name)]);
    const { stderr } = await run({
      file: "gcc",
      args: [...FLAGS, ...includes, path],
      cwd: dir,
      env: { LC_ALL: "C" },
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    return readToolMessages(new TextDecoder().decode(stderr), dir);
  });
}
