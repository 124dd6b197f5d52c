import type { Git } from "../git/git.ts";

const LF = 10;

/**
 * Reads blobs with one git process.
 *
 * @returns content by object id
 */
export async function readBlobs(
  git: Git,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const wanted = [...new Set(ids)];
  const blobs = new Map<string, Uint8Array>();
  if (wanted.length === 0) return blobs;
  const output = await git.bytes(["cat-file", "--batch"], { input: `${wanted.join("\n")}\n` });
  let at = 0;
  for (const id of wanted) {
    const end = output.indexOf(LF, at);
    const header = Buffer.from(output.subarray(at, end)).toString("latin1");
    const size = Number(header.split(" ")[2]);
    blobs.set(id, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return blobs;
}

/** Cuts bytes after each newline; every line keeps its line end, the last may have none. */
export function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(LF, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    lines.push(bytes.subarray(at, end));
    at = end;
  }
  return lines;
}
