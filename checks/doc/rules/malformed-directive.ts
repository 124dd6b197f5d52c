import { type DocNode, visitTypes } from "../doc-file.ts";
import type { DocFinding, DocRule } from "../doc-rule.ts";
import { DIRECTIVES } from "../rst/directives/specs.ts";

/** Names that are words of running text as well. */
const WORDS: readonly string[] = [
  "title",
  "date",
  "class",
  "raw",
  "code",
  "index",
  "object",
  "contents",
  "header",
];
const NAMES = [...DIRECTIVES.keys()].filter((name) => !WORDS.includes(name)).join("|");
const COMMENT = new RegExp(`^(?:${NAMES}):(?!:)(?=\\s|$)|^(?:${NAMES})$`);
const PARAGRAPH = new RegExp(`^(?:\\. ?|\\.\\. )?(?:${NAMES})::(?=\\s|$)`);

/** A directive that is written in a way that makes it a comment or a paragraph. */
export const malformedDirective: DocRule = {
  id: "malformed-directive",
  severity: "error",
  kinds: ["rst"],
  title: "directives are written '.. name::'",
  why: "docutils says nothing: with one colon its text is a comment, which no reader sees",
  source: "docutils",
  examples: [
    { text: ".. note:: text\n\n.. a comment: on notes\n", finds: [] },
    { text: ".. note: text\n", finds: ["1:1"] },
    { text: ".. toctree\n", finds: ["1:1"] },
    { text: ". note:: text\n", finds: ["1:1"] },
  ],
  check(file) {
    const found: DocFinding[] = [];
    visitTypes(file, ["comment", "paragraph"], (node: DocNode) => {
      if (node.position === undefined) return;
      const at = node.position.start.offset;
      if (node.type === "comment" && COMMENT.test(commentAt(file.source, at))) {
        found.push({ at, what: "this is a comment and no directive", fix: "write '::'" });
      } else if (node.type === "paragraph") {
        const text = file.source.slice(at, node.position.end.offset);
        if (!PARAGRAPH.test(text)) return;
        found.push({ at, what: "this is text and no directive", fix: "begin with '.. '" });
      }
    });
    return found;
  },
};

/** What stands on the line of the two dots; an example in a comment is none of ours. */
function commentAt(source: string, at: number): string {
  return /^\.\.[ \t]+([^\r\n]*)/.exec(source.slice(at, at + 200))?.[1]?.trim() ?? "";
}
