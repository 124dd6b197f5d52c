import { placeOf } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
import { columnWidth } from "../rst/lines/columns.ts";

const KINDS: readonly string[] = ["title-underline-short", "title-overline-short"];

/** An adornment that is shorter than its title. Widths are those on a screen. */
export const titleUnderline: DocRule = {
  id: "title-underline",
  severity: "warning",
  kinds: ["rst"],
  title: "over- and underline are at least as long as the title",
  why: "docutils warns, and takes a shorter one of up to three characters for text",
  source: "docutils",
  examples: [
    { text: "Title\n====\n", finds: ["2:1"] },
    { text: "漢字\n---\n", finds: [] },
    { text: "漢字字\n-----\n", finds: ["2:1"] },
    { text: "Title\n=====\n", finds: [] },
    { text: "====\nTitle\n====\n", finds: ["1:1"] },
  ],
  *check(file) {
    for (const { kind, position } of file.messages) {
      if (!KINDS.includes(kind)) continue;
      const { start, end } = position;
      const lines = file.source.slice(start.offset, end.offset).split(/\r?\n/);
      const isOverline = lines.length === 3;
      const title = isOverline ? (lines[1] ?? "") : lineBefore(file.source, start.offset);
      const adornment = lines[0] ?? "";
      const width = columnWidth(title.trimEnd());
      const what = `the ${isOverline ? "overline" : "underline"} has ${adornment.length} columns,`;
      const longer = adornment.charAt(0).repeat(width);
      yield {
        at: start.offset,
        what: `${what} the title ${width}`,
        fix: `use '${longer}'`,
        ...(isOverline || placeOf(file, start.offset).column > 1
          ? {}
          : { edit: { from: start.offset, to: start.offset + adornment.length, text: longer } }),
      };
    }
  },
};

function lineBefore(source: string, offset: number): string {
  const before = source.slice(0, offset).replace(/\r?\n[ \t]*$/, "");
  return before.slice(before.lastIndexOf("\n") + 1);
}
