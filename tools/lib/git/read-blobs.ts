import { type GitCall, gitBytes, gitLines } from "./git.ts";

/** Which files of a commit or tree are read. */
export interface ReadBlobsRequest extends Pick<GitCall, "dir" | "signal" | "env"> {
  readonly treeish: string;
  /** Files and directories below the top; all when there are none. */
  readonly paths?: readonly string[];
  /** Tells of a path whether its content is wanted; all unless told. */
  readonly wants?: (path: string) => boolean;
}

interface Entry {
  readonly id: string;
  readonly path: string;
}

const NEWLINE = 0x0a;
const BLOBS_AT_ONCE = 4_000;

/**
 * Reads the files of a commit without a worktree: path to bytes, in git's order. Symbolic links and
 * submodules are left out.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function readBlobs(request: ReadBlobsRequest): Promise<Map<string, Uint8Array>> {
  const { paths = [], wants = () => true, treeish, ...call } = request;
  const listing = await gitLines({
    ...call,
    args: ["-c", "core.quotePath=false", "ls-tree", "-r", "--end-of-options", treeish, ...paths],
  });
  const entries = listing.flatMap(parseEntry).filter((entry) => wants(entry.path));
  const blobs = new Map<string, Uint8Array>();
  for (let start = 0; start < entries.length; start += BLOBS_AT_ONCE) {
    const batch = entries.slice(start, start + BLOBS_AT_ONCE);
    const input = batch.map((entry) => `${entry.id}\n`).join("");
    const bytes = await gitBytes({ ...call, args: ["cat-file", "--batch"], input });
    splitBatch(bytes, batch, blobs);
  }
  return blobs;
}

function parseEntry(line: string): Entry[] {
  const match = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/.exec(line);
  return match === null ? [] : [{ id: match[1] ?? "", path: match[2] ?? "" }];
}

function splitBatch(
  bytes: Uint8Array,
  entries: readonly Entry[],
  blobs: Map<string, Uint8Array>,
): void {
  let at = 0;
  for (const { path } of entries) {
    const end = bytes.indexOf(NEWLINE, at);
    const header = new TextDecoder().decode(bytes.subarray(at, end));
    const size = Number(header.split(" ")[2] ?? Number.NaN);
    if (!Number.isInteger(size)) throw new RangeError(`git cat-file: unexpected '${header}'`);
    blobs.set(path, bytes.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
}
