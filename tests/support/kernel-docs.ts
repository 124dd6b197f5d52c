import { resolve } from "node:path";
import { loadSeriesConfig } from "../../tools/lib/config/load-series-config.ts";
import { readBlobs } from "../../tools/lib/git/read-blobs.ts";
import { obtainKernelTree } from "../../tools/lib/kernel/find-tree.ts";

const PROJECT = resolve(import.meta.dirname, "../..");

/** The git tree of the base, made when it is missing, and the base commit. */
export async function obtainBase(): Promise<{ readonly dir: string; readonly commit: string }> {
  const { base } = await loadSeriesConfig(PROJECT);
  const { signal } = new AbortController();
  const tree = await obtainKernelTree({
    base,
    env: process.env,
    cwd: PROJECT,
    signal,
    onProgress: () => {},
  });
  return { dir: tree.dir, commit: base.commit };
}

/** The .rst files of the base below a directory: path and text. */
export async function readKernelDocs(directory: string): Promise<[string, string][]> {
  const { dir, commit } = await obtainBase();
  const blobs = await readBlobs({
    dir,
    treeish: commit,
    paths: [directory],
    wants: (path) => path.endsWith(".rst"),
  });
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return [...blobs].map(([path, bytes]) => [path, decoder.decode(bytes)]);
}
