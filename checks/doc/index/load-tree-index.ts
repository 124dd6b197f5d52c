import { join } from "node:path";
import { type CacheEnv, cacheDir } from "../../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../../tools/lib/fs/content-store.ts";
import { gitText } from "../../../tools/lib/git/git.ts";
import { readSources } from "./read-sources.ts";
import { makeIndexData, type TreeIndex, toTreeIndex } from "./tree-index.ts";

/** Changes when the index of the same tree would be another. */
const FORMAT = "tree-index 3";

export interface LoadIndexRequest {
  /** A git repository of the kernel: its worktree, or where its objects are. */
  readonly dir: string;
  /** HEAD unless told. */
  readonly treeish?: string;
  readonly env: CacheEnv;
  readonly signal: AbortSignal;
  /** Told when the index has to be made, which takes some seconds. */
  readonly onProgress: (line: string) => void;
}

/**
 * The index of a kernel tree. It is made once for each tree id and kept in the cache.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function loadTreeIndex(request: LoadIndexRequest): Promise<TreeIndex> {
  const { dir, env, signal, onProgress, treeish = "HEAD" } = request;
  const args = ["rev-parse", "--verify", "--end-of-options", `${treeish}^{tree}`];
  const tree = await gitText({ dir, signal, args });
  const store = openContentStore(join(cacheDir(env), "doc-index"));
  const key = contentKey([FORMAT, tree]);
  const namesKey = contentKey([FORMAT, tree, "names"]);
  // The names are written first: a kept index has them.
  const kept = await store.readBytes(key);
  const names = kept === undefined ? undefined : await store.readBytes(namesKey);
  if (kept !== undefined && names !== undefined) {
    return toTreeIndex(JSON.parse(new TextDecoder().decode(kept)), asHashes(names));
  }
  onProgress("reading names and labels of all sources, once for this tree");
  const { documents, kconfig, hashes } = await readSources({ dir, signal }, tree);
  const data = makeIndexData(documents, kconfig);
  await store.writeBytes(namesKey, new Uint8Array(hashes.buffer));
  await store.writeBytes(key, JSON.stringify(data));
  return toTreeIndex(data, hashes);
}

/** Problem: what a file was read into need not start where 32-bit numbers may. */
function asHashes(bytes: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteOffset % 4 === 0) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  return new Uint32Array(bytes.slice().buffer);
}
