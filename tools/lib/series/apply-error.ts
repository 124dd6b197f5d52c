import { ToolError } from "../error.ts";
import { noSpaceError, saysNoSpace } from "../fs/disk-space.ts";
import { lastWords } from "../proc/check-result.ts";
import type { RunResult } from "../proc/run.ts";
import { placeInMail, type SeriesMail } from "./series-mail.ts";

/** Where `git apply` worked, and on what. */
export interface AppliedDiff {
  /** Directory of the repository. */
  readonly repository: string;
  /** The bytes that it was given: the end of the mail. */
  readonly diff: Uint8Array;
}

/** The error for a patch that `git apply` refused, with patch, file and hunk. */
export function doesNotApply(
  patch: SeriesMail,
  result: RunResult,
  { repository, diff }: AppliedDiff,
): ToolError {
  const words = lastWords(result);
  if (result.aborted) {
    return new ToolError(`interrupted while '${patch.name}' was applied`, {
      kind: "infra",
      code: "interrupted",
    });
  }
  if (saysNoSpace(words)) return noSpaceError(repository, undefined, words);
  return new ToolError(`'${patch.path}' does not apply: ${placeOf(patch, words, diff)}`, {
    kind: "user",
    code: "patch-does-not-apply",
    hints: [
      "compare base.commit of patches/series.yaml with the base-commit line of the cover letter",
      "rfckit series export   (writes the patches of the commits again)",
    ],
  });
}

/** Turns git's `patch failed: FILE:LINE` or `at line N` into the place in the mail. */
function placeOf(patch: SeriesMail, words: string, diff: Uint8Array): string {
  const failed = /patch failed: (.*):(\d+)/.exec(words);
  const plain = words.replace(/^error: /gm, "").split("\n")[0] ?? "";
  const line = /\bat line (\d+)|\bon line (\d+)|\(line (\d+)\)/.exec(plain);
  if (line !== null) {
    const before = countLines(patch.mail.bytes) - countLines(diff);
    const at = before + Number(line[1] ?? line[2] ?? line[3]);
    return `${placeInMail(patch, at)}: ${plain.replace(line[0], "here")}`;
  }
  if (failed === null) return plain;
  const [path, oldStart] = [failed[1], Number(failed[2])];
  const file = patch.mail.files.find((one) => one.path === path);
  const at = file?.hunks.findIndex((hunk) => hunk.oldStart === oldStart) ?? -1;
  const hunk = file?.hunks[at];
  if (file === undefined || hunk === undefined) return `file '${path}', line ${oldStart}`;
  const place = placeOfHunk(patch, hunk.line);
  return `file '${path}', hunk ${at + 1} of ${file.hunks.length} (${place})`;
}

/** The name is enough for a file of a stage, whose whole path stands before. */
function placeOfHunk(patch: SeriesMail, line: number): string {
  return patch.foreign === true ? placeInMail(patch, line) : `${patch.name}:${line}`;
}

function countLines(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + Number(byte === 0x0a), 0);
}
