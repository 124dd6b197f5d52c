import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readToolMessages, type ToolMessage } from "../build/tool-messages.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { gitBytes } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";

/** Where the programs of the selftests come from. */
export interface SelftestSources {
  readonly gitDir: string;
  readonly commit: string;
  /** UAPI headers that the machine's own do not have: content by path in the kernel tree. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

/** Sources in a folder, and the words with which gcc finds their headers there. */
export interface LaidSources {
  readonly dir: string;
  readonly flags: readonly string[];
}

const SELFTESTS = "tools/testing/selftests";
const FLAGS = ["-Wall", "-D_GNU_SOURCE", "-D__EXPORTED_HEADERS__"];
const TIMEOUT_MS = 60_000;

/**
 * What gcc has against a program of the selftests, such as
 * `tools/testing/selftests/mm/hbf_ctl.c`. Nothing is linked, so no library has to be there.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function compileProgram(
  sources: SelftestSources,
  path: string,
): Promise<ToolMessage[]> {
  return await withSelftests(sources, [path], async ({ dir, flags }) => {
    const { stderr } = await run({
      file: "gcc",
      args: ["-fsyntax-only", ...flags, path],
      cwd: dir,
      env: { LC_ALL: "C" },
      timeoutMs: TIMEOUT_MS,
      signal: sources.signal,
    });
    return readToolMessages(new TextDecoder().decode(stderr), dir);
  });
}

/**
 * Lends a folder with the folders of some programs as the commit has them, what the harness needs,
 * and the given UAPI headers in front of the machine's.
 */
export async function withSelftests<Result>(
  { gitDir, commit, headers, tempRoot, signal }: SelftestSources,
  paths: readonly string[],
  use: (sources: LaidSources) => Promise<Result>,
): Promise<Result> {
  return await withTempDir(tempRoot, async (dir) => {
    const folders = [...new Set(paths.map((path) => dirname(path)))];
    const harness = ["kselftest.h", "kselftest_harness.h"].map((name) => `${SELFTESTS}/${name}`);
    const args = ["archive", commit, ...folders, ...harness, "tools/include"];
    const archive = await gitBytes({ dir: gitDir, args, signal });
    const untar = ["-x", "-f", "-", "-C", dir];
    const unpacked = await run({ file: "tar", args: untar, input: archive, timeoutMs: TIMEOUT_MS });
    requireSuccess(unpacked, { writesTo: dir, code: "tar-failed" });
    for (const [name, text] of Object.entries(headers)) {
      const target = join(dir, name.replace(/^.*include\/uapi\//, "usr/include/"));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    const includes = ["usr/include", SELFTESTS].flatMap((name) => ["-I", join(dir, name)]);
    return await use({ dir, flags: [...FLAGS, ...includes] });
  });
}
