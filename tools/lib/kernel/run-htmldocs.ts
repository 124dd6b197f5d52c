import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { ToolMessage } from "../build/tool-messages.ts";
import type { CacheEnv } from "../fs/cache-dir.ts";
import { withTempDir } from "../fs/temp-dir.ts";
import { run } from "../proc/run.ts";
import type { KernelTree } from "./find-tree.ts";
import { prepareWorkspace } from "./workspace.ts";

/** Documents of a commit. */
export interface Documents {
  readonly commit: string;
  /** Folders below `Documentation/` that have an index, such as `mm`. */
  readonly folders: readonly string[];
  /** Files of our own in the checkout, such as a positive control. */
  readonly added?: Readonly<Record<string, string>>;
}

export interface HtmldocsCall extends Documents {
  readonly tree: KernelTree;
  /** Where temporary folders go. */
  readonly tempRoot: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  readonly onProgress?: (line: string) => void;
}

const WARNING = /^(\S+?):(?:docstring of [^:]+:)?(?:(\d+):)? (warning|error|severe): (.*)$/i;
const TIMEOUT_MS = 1_200_000;

/**
 * What Sphinx says of folders of documents, each warning once. `make htmldocs` writes into the
 * source folder, so it works in a checkout of its own (Documentation/Makefile @ 6.12.117).
 *
 * @throws ToolError `program-missing` (environment) without sphinx-build
 */
export async function runHtmldocs(call: HtmldocsCall): Promise<ToolMessage[]> {
  const { tree, commit, folders, added = {}, tempRoot, env, signal, onProgress } = call;
  await run({ file: "sphinx-build", args: ["--version"], timeoutMs: TIMEOUT_MS, signal });
  const request = { tree, treeish: commit, purpose: "docs", env, signal };
  const workspace = await prepareWorkspace({ ...request, ...(onProgress && { onProgress }) });
  try {
    for (const [path, text] of Object.entries(added)) {
      await mkdir(dirname(join(workspace.dir, path)), { recursive: true });
      await writeFile(join(workspace.dir, path), text);
    }
    return await withTempDir(tempRoot, async (output) => {
      const { stdout, stderr } = await run({
        file: "make",
        args: [
          ...[`-C${workspace.dir}`, `O=${output}`, `SPHINXDIRS=${folders.join(" ")}`],
          ...[`SPHINXOPTS=-E -j${availableParallelism()}`, "htmldocs"],
        ],
        env: { LC_ALL: "C.UTF-8", MAKEFLAGS: undefined, GIT_DIR: workspace.gitDir },
        timeoutMs: TIMEOUT_MS,
        signal,
        inheritFds: [workspace.lockFd],
      });
      signal.throwIfAborted();
      const decoder = new TextDecoder();
      const log = `${decoder.decode(stdout)}\n${decoder.decode(stderr)}`;
      return readWarnings(log, workspace.dir);
    });
  } finally {
    await workspace.release();
  }
}

/**
 * Reads the warnings of Sphinx, of docutils and of kernel-doc in a log, each once.
 *
 * @param sourceDir removed from the front of paths
 */
export function readWarnings(log: string, sourceDir: string): ToolMessage[] {
  const lines = new Set(log.split("\n").map((line) => line.trim().replace(`${sourceDir}/`, "")));
  return [...lines].flatMap((said): ToolMessage[] => {
    const [, path, line = "0", level = "", text = ""] = WARNING.exec(said) ?? [];
    if (path === undefined) return [];
    const severity = /^warning$/i.test(level) ? "warning" : "error";
    return [{ path, line: Number(line), severity, kind: "sphinx", text }];
  });
}
