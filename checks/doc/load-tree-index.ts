import { join } from "node:path";
import { type CacheEnv, cacheDir } from "../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../tools/lib/fs/content-store.ts";
import { gitText, runGit } from "../../tools/lib/git/git.ts";
import { readBlobs } from "../../tools/lib/git/read-blobs.ts";
import { type IndexData, makeIndexData, type TreeIndex, toTreeIndex } from "./tree-index.ts";

/** Changes when the index of the same tree would be another. */
const FORMAT = "tree-index 1";

export interface LoadIndexRequest {
  /** Top of a git worktree of the kernel. */
  readonly dir: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  /** Told when the index has to be made, which takes some seconds. */
  readonly onProgress: (line: string) => void;
}

/**
 * The index of the commit that a kernel tree is at. It is made once for each tree id and kept in
 * the cache.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function loadTreeIndex(request: LoadIndexRequest): Promise<TreeIndex> {
  const { dir, env, signal, onProgress } = request;
  const tree = await gitText({ dir, signal, args: ["rev-parse", "--verify", "HEAD^{tree}"] });
  const store = openContentStore(join(cacheDir(env), "doc-index"));
  const key = contentKey([FORMAT, tree]);
  const kept = await store.readBytes(key);
  if (kept !== undefined) return toTreeIndex(JSON.parse(new TextDecoder().decode(kept)));
  onProgress("reading all of Documentation, once for this tree");
  const data = await makeIndex(dir, tree, signal);
  await store.writeBytes(key, JSON.stringify(data));
  return toTreeIndex(data);
}

async function makeIndex(dir: string, tree: string, signal: AbortSignal): Promise<IndexData> {
  const blobs = await readBlobs({
    dir,
    signal,
    treeish: tree,
    paths: ["Documentation"],
    wants: (path) => path.endsWith(".rst"),
  });
  const decoder = new TextDecoder();
  const sources = [...blobs].map(([path, bytes]) => [path, decoder.decode(bytes)] as const);
  // Exit status 1 is "nothing found", which a small tree may well say.
  const pattern = "^[[:space:]]*(menu)?config[[:space:]]";
  const grep = await runGit({
    dir,
    signal,
    args: ["grep", "-h", "-E", pattern, tree, "--", "Kconfig*", "*/Kconfig*"],
  });
  return makeIndexData(sources, decoder.decode(grep.stdout).split("\n"));
}
