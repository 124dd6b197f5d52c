import { createTwoFilesPatch } from "diff";

/** The difference of two texts as `git apply` takes it; empty when there is none. For showing. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const text = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
  });
  return text.replace(/^=+\n/, "").replace(/^(---|\+\+\+) (.*?)\t$/gm, "$1 $2");
}
