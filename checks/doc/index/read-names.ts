import type { GitCall } from "../../../tools/lib/git/git.ts";
import { readBlobs } from "../../../tools/lib/git/read-blobs.ts";
import { NameCollector } from "./name-set.ts";
import { collectPasteMacros, type PasteMacros } from "./paste-macros.ts";
import { NameScanner } from "./scan-names.ts";

const SOURCE = /\.(?:c|h|S|rs|lds|y|l|py|pl|sh|awk|tbl)$/;
/** Hundreds of megabytes of register names of one driver, which no document speaks of. */
const LEFT_OUT = /^drivers\/gpu\/drm\/amd\/include\/asic_reg\//;
const HEADER = /^include\/.*\.h$|^arch\/[^/]+\/include\/.*\.h$/;

/**
 * Hashes of every identifier in the sources of a tree, and of those that its macros make.
 *
 * @param folders the folders at the top of the tree, read one after the other
 * @throws ToolError `git-failed` (infra)
 */
export async function readNames(
  call: Pick<GitCall, "dir" | "signal">,
  treeish: string,
  folders: readonly string[],
): Promise<Uint32Array> {
  const macros: PasteMacros = new Map();
  const wantsHeader = (path: string): boolean => HEADER.test(path);
  const tops = folders.filter((folder) => folder === "include" || folder === "arch");
  if (tops.length > 0) {
    const headers = await readBlobs({ ...call, treeish, paths: tops, wants: wantsHeader });
    for (const bytes of headers.values()) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      collectPasteMacros(text.toString("latin1"), macros);
    }
  }
  const names = new NameCollector();
  const scanner = new NameScanner(names, macros);
  const wants = (path: string): boolean => SOURCE.test(path) && !LEFT_OUT.test(path);
  for (const paths of folders.map((folder) => [folder])) {
    const files = await readBlobs({ ...call, treeish, paths, wants });
    for (const bytes of files.values()) scanner.scan(bytes);
  }
  return names.freeze();
}
