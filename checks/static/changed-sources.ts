import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";

/** Programs of user space and examples are built by other rules. */
const ELSEWHERE = /^(?:tools|samples|scripts|Documentation|usr|rust)\//;

/** The files of the kernel proper that a patch changes and keeps. */
export function changedSources(mail: ReviewedPatch, name: RegExp): ChangedFile[] {
  return mail.parsed.files.filter(
    ({ path, status }) => status !== "deleted" && name.test(path) && isOfKernel(path),
  );
}

/** False for what is compiled by other rules than the kernel's own. */
export function isOfKernel(path: string): boolean {
  return !ELSEWHERE.test(path);
}

/** The commit below a patch: that of the patch before, or the base. */
export function parentOf({ patches, baseCommit }: ReviewContext, at: number): string {
  return patches[at - 1]?.commit ?? baseCommit;
}

/** The last line of the series that adds a text to a file; its diff when none does. */
export function placeIn(mail: ReviewedPatch, path: string, text: string): number {
  const file = mail.parsed.files.find((one) => one.path === path);
  const added = file === undefined ? [] : addedLines(file);
  return added.findLast((one) => one.text.includes(text))?.line ?? file?.line ?? 1;
}

/** The patch line of a line of the changed file; that of the file's diff when no hunk has it. */
export function lineOfSource(mail: ReviewedPatch, path: string, line: number): number {
  const file = mail.parsed.files.find((one) => one.path === path);
  const inHunk = file?.hunks.flat().find((one) => one.kind !== "-" && one.newLine === line);
  return inHunk?.line ?? file?.line ?? 1;
}
