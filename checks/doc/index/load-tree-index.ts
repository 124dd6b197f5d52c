import { join } from "node:path";
import { type CacheEnv, cacheDir } from "../../../tools/lib/fs/cache-dir.ts";
import { contentKey, openContentStore } from "../../../tools/lib/fs/content-store.ts";
import { gitLines, gitText, runGit } from "../../../tools/lib/git/git.ts";
import { readBlobs } from "../../../tools/lib/git/read-blobs.ts";
import { readNames } from "./read-names.ts";
import { type IndexData, makeIndexData, type TreeIndex, toTreeIndex } from "./tree-index.ts";

/** Changes when the index of the same tree would be another. */
const FORMAT = "tree-index 2";

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
  const listing = await gitLines({ dir, signal, args: ["ls-tree", "-d", "--name-only", tree] });
  const folders = listing.filter((name) => name !== "Documentation");
  const hashes = await readNames({ dir, signal }, tree, folders);
  const data = await makeIndex(dir, tree, signal);
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

async function makeIndex(dir: string, tree: string, signal: AbortSignal): Promise<IndexData> {
  const blobs = await readBlobs({
    dir,
    signal,
    treeish: tree,
    paths: ["Documentation"],
    wants: (path) => path.endsWith(".rst") || path.startsWith("Documentation/ABI/"),
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
