import { relative } from "node:path";
import type { ReviewedPatch } from "../../../checks/context.ts";
import { parsePatch } from "../../lib/patch/parse-patch.ts";
import type { ListedCommit } from "../../lib/series/list-commits.ts";
import type { SeriesFolder } from "../../lib/series/read-folder.ts";

/** Puts each mail of a folder together with the commit that it makes. */
export function reviewedPatches(
  folder: SeriesFolder,
  commits: readonly ListedCommit[],
  projectDir: string,
): ReviewedPatch[] {
  return folder.patches.map(({ path, mail }, index) => {
    const commit = commits[index];
    if (commit === undefined) throw new RangeError(`no commit of '${path}'`);
    return {
      ...commit,
      position: `${index + 1}/${folder.patches.length}`,
      file: relative(projectDir, path),
      path,
      bytes: mail.bytes,
      parsed: parsePatch(mail.bytes),
    };
  });
}
