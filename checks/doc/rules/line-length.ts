import { type DocFile, sourceLines, visit } from "../doc-file.ts";
import type { DocRule } from "../doc-rule.ts";
import { columnWidth } from "../rst/lines/columns.ts";

const LIMIT = 80;
const TABLES: readonly string[] = ["entry", "table"];
/** What cannot be broken: an address, or what is written in backquotes. */
const UNBREAKABLE = /\w+:\/\/\S+|`[^`]+`|\S*[/_]\S*/g;

/** Lines of running text that are longer than 80 columns. */
export const lineLength: DocRule = {
  id: "line-length",
  severity: "info",
  kinds: ["rst"],
  title: "lines of running text have at most 80 columns",
  why: "most of Documentation is wrapped there, and patches of it are read in mail",
  source: "Documentation/process/coding-style.rst",
  onlyChanged: true,
  examples: [
    { text: `${"word ".repeat(17)}\n`.replace(" \n", "\n"), finds: ["1:81"] },
    { text: `${"word ".repeat(16)}\n`.replace(" \n", "\n"), finds: [] },
    { text: `See https://a.example/${"long".repeat(20)}\n`, finds: [] },
    { text: `::\n\n  ${"code ".repeat(20)}x\n`, finds: [] },
  ],
  *check(file) {
    const prose = proseLines(file);
    for (const { number, start, text } of sourceLines(file)) {
      if (!prose.has(number)) continue;
      const width = columnWidth(expandTabs(text));
      if (width <= LIMIT || crossesLimit(text)) continue;
      const what = `the line has ${width} columns`;
      yield { at: start + Math.min(LIMIT, text.length - 1), what, fix: "wrap the paragraph" };
    }
  },
};

function proseLines(file: DocFile): Set<number> {
  const lines = new Set<number>();
  visit(file.root, (node, parents) => {
    if (node.type !== "paragraph" || node.position === undefined) return;
    if (parents.some((parent) => TABLES.includes(parent.type))) return;
    const { start, end } = node.position;
    for (let line = start.line; line <= end.line; line++) lines.add(line);
  });
  return lines;
}

function expandTabs(text: string): string {
  let expanded = "";
  for (const character of text) {
    expanded += character === "\t" ? " ".repeat(8 - (expanded.length % 8)) : character;
  }
  return expanded;
}

/** Whether something that cannot be broken stands across the limit. */
function crossesLimit(text: string): boolean {
  return [...text.matchAll(UNBREAKABLE)].some(
    (match) => match.index < LIMIT && match.index + match[0].length > LIMIT,
  );
}
