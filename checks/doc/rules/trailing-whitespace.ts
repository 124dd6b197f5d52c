import { sourceLines } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";

const AT_LINE_END = /[^\S\r\n](?:[\r\n]|$)/;

/** White space at the end of a line, carriage returns, and the end of the file. */
export const trailingWhitespace: DocRule = {
  id: "trailing-whitespace",
  severity: "warning",
  kinds: ["rst", "md"],
  title: "no white space ends a line, no blank line ends the file, and a line feed does",
  why: "checkpatch and git complain of it",
  source: "Documentation/process/coding-style.rst",
  examples: [
    { text: "a \nb\t\nc\n", finds: ["1:2", "2:2"] },
    { text: "a\r\nb\r\n", finds: ["1:2"] },
    { text: "a", finds: ["1:2"] },
    { text: "a\n\n\n", finds: ["2:1"] },
    { text: "a\n\nb\n", finds: [] },
    { text: "", finds: [] },
  ],
  *check(file) {
    const { source } = file;
    const carriage = source.indexOf("\r");
    if (carriage >= 0) yield { at: carriage, what: "lines end with a carriage return" };
    // Few documents have any, and of the others no line has to be cut out.
    for (const { start, text } of AT_LINE_END.test(source) ? sourceLines(file) : []) {
      const from = text.trimEnd().length;
      if (from === text.length) continue;
      // Two spaces at the end of a line are a line break in Markdown.
      if (file.kind === "md" && /\S {2}$/.test(text)) continue;
      const edit = { from: start + from, to: start + text.length, text: "" };
      yield { at: start + from, what: "white space at the end of the line", edit };
    }
    yield* checkEnd(source);
  },
};

function* checkEnd(source: string): Iterable<DocFinding> {
  if (source === "") return;
  if (!/[\r\n]$/.test(source)) {
    const edit = { from: source.length, to: source.length, text: "\n" };
    yield { at: source.length, what: "no line feed at the end of the file", edit };
  }
  let end = source.length;
  while (end > 1 && source[end - 1] === "\n" && source[end - 2] === "\n") end--;
  if (end < source.length) {
    const edit = { from: end, to: source.length, text: "" };
    yield { at: end, what: "blank lines at the end of the file", edit };
  }
}
