import { addedLines, type DiffLine } from "../../tools/lib/patch/parse-files.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";

/** An added line with the patch and file that add it. */
export interface AddedLine extends DiffLine {
  readonly mail: ReviewedPatch;
  readonly path: string;
}

/** The lines that the series adds to files whose path matches. */
export function linesAddedTo({ patches }: ReviewContext, path: RegExp): AddedLine[] {
  return patches.flatMap((mail) =>
    mail.parsed.files
      .filter((file) => path.test(file.path))
      .flatMap((file) => addedLines(file).map((line) => ({ ...line, mail, path: file.path }))),
  );
}
