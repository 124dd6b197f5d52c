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

/**
 * Reads the files of a commit without a worktree: path to bytes, in git's order. Symbolic links and
 * submodules are left out.
 *
 * @throws ToolError `git-failed` (infra)
 */
export async function readBlobs(request: ReadBlobsRequest): Promise<Map<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  await eachBlob(request, (path, bytes) => blobs.set(path, bytes.slice()));
  return blobs;
}

/**
 * As `readBlobs`, of files that need not be in memory together: `see` is told each one as git reads
 * it, and must not keep the bytes.
 *
 * @throws ToolError `git-failed` (infra), and what `see` throws
 */
export async function eachBlob(
  request: ReadBlobsRequest,
  see: (path: string, bytes: Uint8Array) => void,
): Promise<void> {
  const { paths = [], wants = () => true, treeish, ...call } = request;
  const listing = await gitLines({
    ...call,
    args: ["-c", "core.quotePath=false", "ls-tree", "-r", "--end-of-options", treeish, ...paths],
  });
  const entries = listing.flatMap(parseEntry).filter((entry) => wants(entry.path));
  if (entries.length === 0) return;
  const input = entries.map((entry) => `${entry.id}\n`).join("");
  const batch = new BatchReader(entries, see);
  const onStdout = (piece: Uint8Array): void => batch.add(piece);
  await gitBytes({ ...call, args: ["cat-file", "--batch", "--buffer"], input, onStdout });
}

function parseEntry(line: string): Entry[] {
  const match = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/.exec(line);
  return match === null ? [] : [{ id: match[1] ?? "", path: match[2] ?? "" }];
}

/** Cuts what `git cat-file --batch` writes into files, wherever the pieces of it end. */
class BatchReader {
  private readonly entries: readonly Entry[];
  private readonly see: (path: string, bytes: Uint8Array) => void;
  private next = 0;
  private pieces: Uint8Array[] = [];
  private length = 0;
  /** With fewer bytes nothing more can be cut off. */
  private needed = 1;

  constructor(entries: readonly Entry[], see: (path: string, bytes: Uint8Array) => void) {
    this.entries = entries;
    this.see = see;
  }

  add(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length < this.needed) return;
    const bytes = this.pieces.length === 1 ? piece : Buffer.concat(this.pieces);
    const rest = bytes.subarray(this.cut(bytes));
    this.pieces = [rest];
    this.length = rest.length;
  }

  /** Tells the files that are whole; gives where the first one begins that is not. */
  private cut(bytes: Uint8Array): number {
    for (let at = 0; ; this.next++) {
      const entry = this.entries[this.next];
      const end = bytes.indexOf(NEWLINE, at);
      this.needed = bytes.length - at + 1;
      if (end < 0 || entry === undefined) return at;
      const header = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("latin1");
      const size = Number(header.split(" ")[2] ?? Number.NaN);
      if (!Number.isInteger(size)) throw new RangeError(`git cat-file: unexpected '${header}'`);
      const from = end + 1;
      this.needed = from - at + size + 1;
      if (at + this.needed > bytes.length) return at;
      this.see(entry.path, bytes.subarray(from, from + size));
      at += this.needed;
    }
  }
}
