import { ToolError } from "../error.ts";
import { noSpaceError, saysNoSpace } from "../fs/disk-space.ts";
import { lastWords } from "../proc/check-result.ts";
import type { RunResult } from "../proc/run.ts";
import type { SeriesMail } from "./read-folder.ts";

/** The error for a patch that `git apply` refused, with patch, file and hunk. */
export function doesNotApply(patch: SeriesMail, result: RunResult, dir: string): ToolError {
  const words = lastWords(result);
  if (result.aborted) {
    return new ToolError(`interrupted while '${patch.name}' was applied`, {
      kind: "infra",
      code: "interrupted",
    });
  }
  if (saysNoSpace(words)) return noSpaceError(dir, undefined, words);
  return new ToolError(`'${patch.path}' does not apply: ${placeOf(patch, words)}`, {
    kind: "user",
    code: "patch-does-not-apply",
    hints: [
      "compare base.commit of patches/series.yaml with the base-commit line of the cover letter",
      "rfckit series export   (writes the patches of the commits again)",
    ],
  });
}

/** Turns git's `patch failed: FILE:LINE` into file, hunk and the place of the hunk in the mail. */
function placeOf(patch: SeriesMail, words: string): string {
  const failed = /patch failed: (.*):(\d+)/.exec(words);
  const plain = words.replace(/^error: /gm, "").split("\n")[0] ?? "";
  if (failed === null) return plain;
  const [path, oldStart] = [failed[1], Number(failed[2])];
  const file = patch.mail.files.find((one) => one.path === path);
  const at = file?.hunks.findIndex((hunk) => hunk.oldStart === oldStart) ?? -1;
  const hunk = file?.hunks[at];
  if (file === undefined || hunk === undefined) return `file '${path}', line ${oldStart}`;
  return `file '${path}', hunk ${at + 1} of ${file.hunks.length} (${patch.name}:${hunk.line})`;
}
