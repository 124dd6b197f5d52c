import { statSync } from "node:fs";
import { join } from "node:path";
import type { FileChange } from "../../../checks/doc/index/overlay.ts";
import { readBlobs } from "../../lib/git/read-blobs.ts";
import { readDocument } from "./collect-documents.ts";

const KCONFIG = /(?:^|\/)Kconfig[^/]*$/;
/** A larger one is no document, and would be read for its labels only. */
const MOST_BYTES = 10_000_000;

/**
 * What documents and Kconfig files of a worktree are now, against HEAD. Whoever writes two
 * documents links them before the first commit.
 *
 * @param paths files that differ from HEAD: paths from the top
 * @throws ToolError `git-failed` (infra)
 */
export async function readUncommitted(
  top: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<FileChange[]> {
  const kconfig = paths.filter((path) => KCONFIG.test(path));
  const decoder = new TextDecoder();
  const before =
    kconfig.length === 0
      ? new Map<string, Uint8Array>()
      : await readBlobs({ dir: top, signal, treeish: "HEAD", paths: kconfig });
  return paths.map((path) => {
    const known = before.get(path);
    const after = readIfSmall(join(top, path));
    return {
      path,
      ...(known === undefined ? {} : { before: decoder.decode(known) }),
      ...(after === undefined ? {} : { after }),
    };
  });
}

function readIfSmall(path: string): string | undefined {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info?.isFile() !== true || info.size > MOST_BYTES) return undefined;
  return readDocument(path).source;
}
