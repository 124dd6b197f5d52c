import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readToolMessages, type ToolMessage } from "../build/tool-messages.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { gitBytes } from "../git/git.ts";
import { requireSuccess } from "../proc/check-result.ts";
import { run } from "../proc/run.ts";
import { linkProgram, type ProgramBuild } from "./link-program.ts";

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
/** Copies of UAPI headers, which a Makefile asks for by `TOOLS_INCLUDES`. */
const TOOLS_INCLUDES = "tools/include/uapi";
/** What the headers of a program include. */
const INCLUDED = [
  ...["tools/include", "tools/arch/x86/include", "arch/x86/include/uapi"],
  ...[`:(glob)${SELFTESTS}/**/*.h`, ":(glob)lib/*.h", ":(glob)mm/*.h"],
];
const FLAGS = ["-Wall", "-D_GNU_SOURCE", "-D__EXPORTED_HEADERS__"];
const TIMEOUT_MS = 60_000;

/** A header of a library, and not one that the kernel exports. */
const LIBRARY_HEADER = /^\s*#\s*include\s*<(?!linux\/|asm)/;

/**
 * What gcc and ld have against a program of the selftests, such as
 * `tools/testing/selftests/mm/hbf_ctl.c`. A file without main() is only compiled.
 *
 * @throws ToolError `program-missing` (environment)
 */
export async function buildProgram(sources: SelftestSources, path: string): Promise<ProgramBuild> {
  return await withSelftests(sources, [path], async (laid) => {
    const { dir, flags } = laid;
    const { stderr } = await run({
      file: "gcc",
      args: ["-fsyntax-only", ...flags, path],
      cwd: dir,
      env: { LC_ALL: "C" },
      timeoutMs: TIMEOUT_MS,
      signal: sources.signal,
    });
    const said = readToolMessages(new TextDecoder().decode(stderr), dir);
    const messages = said.filter(({ severity }) => severity === "error");
    if (messages.length === 0) return await linkProgram(laid, path, sources.signal);
    const missing = await missingHeaders(dir, messages);
    return { messages: missing.length > 0 ? [] : messages, missing };
  });
}

async function missingHeaders(dir: string, messages: readonly ToolMessage[]): Promise<string[]> {
  const names = messages.map(async ({ path, line, text }) => {
    const [, name] = /^(\S+): No such file or directory$/.exec(text) ?? [];
    if (name === undefined) return [];
    const source = await readFile(join(dir, path), "utf8").catch(() => "");
    return LIBRARY_HEADER.test(source.split("\n")[line - 1] ?? "") ? [`<${name}>`] : [];
  });
  return (await Promise.all(names)).flat();
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
    const args = ["archive", commit, ...folders, ...INCLUDED];
    const archive = await gitBytes({ dir: gitDir, args, signal });
    const untar = ["-x", "-f", "-", "-C", dir];
    const unpacked = await run({ file: "tar", args: untar, input: archive, timeoutMs: TIMEOUT_MS });
    requireSuccess(unpacked, { writesTo: dir, code: "tar-failed" });
    for (const [name, text] of Object.entries(headers)) {
      const target = join(dir, name.replace(/^.*include\/uapi\//, "usr/include/"));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    const includes = ["usr/include", SELFTESTS, "."].flatMap((name) => ["-I", join(dir, name)]);
    const asked = await Promise.all(folders.map((folder) => prepareFolder(join(dir, folder))));
    const tools = asked.includes(true) ? ["-isystem", join(dir, TOOLS_INCLUDES)] : [];
    return await use({ dir, flags: [...FLAGS, ...includes, ...tools] });
  });
}

/** Makes what a Makefile would, and tells whether it asks for the headers of tools/. */
async function prepareFolder(dir: string): Promise<boolean> {
  const makefile = await readFile(join(dir, "Makefile"), "utf8").catch(() => "");
  // What check_config.sh of mm/ writes where no optional library is.
  if (makefile.includes("local_config.h")) await writeFile(join(dir, "local_config.h"), "");
  return makefile.includes("TOOLS_INCLUDES");
}
