import { ToolError } from "../../tools/lib/error.ts";
import { addedLines, type ChangedFile } from "../../tools/lib/patch/parse-files.ts";
import type { TextLine } from "../../tools/lib/patch/parse-trailers.ts";
import type { ReviewContext, ReviewedPatch } from "../context.ts";

/** A UAPI header that a patch changes. */
export interface HeaderChange {
  readonly mail: ReviewedPatch;
  readonly file: ChangedFile;
}

/** A header as the series leaves it, with the place in the patches of each line it adds. */
export interface HeaderAtTip {
  readonly path: string;
  readonly lines: readonly TextLine[];
  /** Where a line, by its text, is added; undefined for one that the base has. */
  addedAt(text: string): { readonly mail: ReviewedPatch; readonly line: number } | undefined;
}

/** The UAPI headers that the patches change, in order. */
export function headerChanges(context: ReviewContext): HeaderChange[] {
  return allChanges(context).filter(({ file }) => file.status !== "deleted");
}

/** The UAPI headers that the patches delete. */
export function deletedHeaders(context: ReviewContext): HeaderChange[] {
  return allChanges(context).filter(({ file }) => file.status === "deleted");
}

function allChanges({ patches }: ReviewContext): HeaderChange[] {
  return patches.flatMap((mail) =>
    mail.parsed.files.filter(({ path }) => isUapiHeader(path)).map((file) => ({ mail, file })),
  );
}

function noHeader(path: string): ToolError {
  return new ToolError(`'${path}' is changed by the patches and not in their tree`, {
    kind: "environment",
    code: "header-missing",
    hints: ["rfckit series apply   (makes the tree from the patches)"],
  });
}

/**
 * The changed UAPI headers as they are with all patches, without those that a patch deletes.
 *
 * @throws ToolError `header-missing` (environment) when the tree is not that of the series
 */
export async function headersAtTip(context: ReviewContext): Promise<HeaderAtTip[]> {
  const changes = headerChanges(context);
  const files = context.patches.flatMap(({ parsed }) => parsed.files);
  const gone = files.filter(({ status }) => status === "deleted").map(({ path }) => path);
  const paths = [...new Set(changes.map(({ file }) => file.path))].filter(
    (path) => !gone.includes(path),
  );
  return await Promise.all(
    paths.map(async (path) => {
      const text = await context.effects.tipText(path);
      if (text === undefined) throw noHeader(path);
      const added = changes
        .filter(({ file }) => file.path === path)
        .flatMap(({ mail, file }) => addedLines(file).map((line) => ({ mail, ...line })));
      return {
        path,
        lines: text.split("\n").map((one, at) => ({ text: one, line: at + 1 })),
        addedAt: (wanted: string) => added.find((line) => line.text === wanted),
      };
    }),
  );
}

/** What is below tools/ is a copy, which perf takes over from time to time. */
function isUapiHeader(path: string): boolean {
  return /^(?!tools\/)(?:.*\/)?include\/uapi\/.*\.h$/.test(path);
}
