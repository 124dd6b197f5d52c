import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { withTempDir } from "../fs/temp-dir.ts";
import { run } from "../proc/run.ts";
import { SYSTEM_PATH } from "../proc/system-path.ts";

/** Files of a kernel, and the semantic patches to look at them with. */
export interface CoccinelleCall {
  /** Folder of a kernel tree; its `scripts/coccinelle/` is used, never that of the patches. */
  readonly toolsDir: string;
  /** Content of the C files by path in the kernel tree. */
  readonly files: Readonly<Record<string, string>>;
  /** Where temporary folders go. */
  readonly tempRoot: string;
  readonly signal: AbortSignal;
}

/** A report of a semantic patch. */
export interface CoccinelleReport {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

const REPORT = /^(\S+?):(\d+):\d+-\d+: (.*)$/;
const TIMEOUT_MS = 300_000;

/**
 * What the kernel's semantic patches report of files, as `make coccicheck MODE=report` asks them:
 * scripts/coccicheck @ 6.12.117. Headers are not read, so a type that is declared in one is not
 * known; scripts that have no report, or need an OCaml compiler, are left out.
 *
 * @throws ToolError `program-missing` (environment) without spatch
 */
export async function runCoccinelle(call: CoccinelleCall): Promise<CoccinelleReport[]> {
  const { toolsDir, files, tempRoot, signal } = call;
  const scripts = await readScripts(join(toolsDir, "scripts/coccinelle"));
  return await withTempDir(tempRoot, async (dir) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), text);
    }
    const reports: CoccinelleReport[][] = [];
    const waiting = [...scripts];
    const work = async (): Promise<void> => {
      for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
        reports.push(await ask(script, Object.keys(files), dir, signal));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return reports.flat().toSorted(byPlace);
  });
}

interface Script {
  readonly file: string;
  /** Words of spatch that the script asks for. */
  readonly options: readonly string[];
}

async function readScripts(folder: string): Promise<Script[]> {
  const paths = await readdir(folder, { recursive: true });
  const scripts: Script[] = [];
  for (const path of paths.filter((name) => name.endsWith(".cocci")).toSorted()) {
    const text = await readFile(join(folder, path), "utf8");
    if (!/^virtual report$/m.test(text) || /^@(?:script|initialize):ocaml/m.test(text)) continue;
    const options = /^\/\/\/? ?Options: (.*)$/m.exec(text)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
    scripts.push({ file: join(folder, path), options });
  }
  return scripts;
}

async function ask(
  { file, options }: Script,
  paths: readonly string[],
  dir: string,
  signal: AbortSignal,
): Promise<CoccinelleReport[]> {
  const mode = ["-D", "report", "--no-show-diff", "--very-quiet", "--cocci-file", file];
  const { stdout } = await run({
    file: "spatch",
    args: [...mode, ...options, ...paths],
    cwd: dir,
    env: { PATH: SYSTEM_PATH, LC_ALL: "C.UTF-8" },
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  signal.throwIfAborted();
  return new TextDecoder().decode(stdout).split("\n").flatMap(readReport);
}

function readReport(said: string): CoccinelleReport[] {
  const [, path, line, text] = REPORT.exec(said) ?? [];
  return path === undefined || text === undefined ? [] : [{ path, line: Number(line), text }];
}

function byPlace(one: CoccinelleReport, other: CoccinelleReport): number {
  return one.path.localeCompare(other.path, "en") || one.line - other.line;
}
