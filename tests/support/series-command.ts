import { join, resolve } from "node:path";
import { runCommandLine } from "../../tools/cli/run-command-line.ts";

/** What a command printed and how it ended. */
export interface SeriesRun {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
}

/** Runs `rfckit series` in a project folder with a tree of its own. */
export async function runSeries(
  dir: string,
  tree: string,
  args: readonly string[],
): Promise<SeriesRun> {
  let [out, talk] = ["", ""];
  const code = await runCommandLine(["series", ...args, "--tree", tree], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      talk += text;
    },
    env: { XDG_CACHE_HOME: join(dir, "cache") },
    cwd: dir,
    projectDir: dir,
    packageDir: resolve(import.meta.dirname, "../.."),
    version: "0.0.0",
    signal: new AbortController().signal,
  });
  return { code, out, talk };
}
