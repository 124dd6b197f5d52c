import { beforeAll, describe, expect, test } from "vitest";
import { firstDifference } from "../../../tests/support/compare-rst.ts";
import { askDocutils, type OracleAnswer } from "../../../tests/support/docutils-oracle.ts";
import { readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { parseRst } from "./parser.ts";
import { type RstNode, walk } from "./tree.ts";

let docs: [string, string][] = [];
let answers: OracleAnswer[] = [];

beforeAll(async () => {
  docs = await readKernelDocs("Documentation/mm");
  answers = await askDocutils(docs.map(([, text]) => text));
});

const INLINE: readonly string[] = [
  "emphasis",
  "strong",
  "literal",
  "reference",
  "role",
  "title_reference",
  "target",
  "footnote_reference",
  "citation_reference",
  "substitution_reference",
  "problematic",
];

/** White space differs: the source has the indent of a nested text, docutils does not. */
const squeeze = (text: string): string => text.replace(/\s+/g, " ");

/** Kind and source of the inline nodes, in docutils' order. */
function inlineSources(root: RstNode, text: string): string[] {
  const found: string[] = [];
  walk(root, ({ type, position }) => {
    const source = text.slice(position.start.offset, position.end.offset);
    const isBlockTarget = type === "target" && /^(?:\.\.|__) /.test(source);
    if (INLINE.includes(type) && !isBlockTarget) found.push(`${type} ${squeeze(source)}`);
  });
  return found;
}

describe("Documentation/mm of the base", () => {
  test("has its 46 files", () => {
    expect(docs).toHaveLength(46);
  });

  test("is parsed as docutils does: structure, inline markup and text", () => {
    const different = docs.flatMap(([path, text], index) => {
      const difference = firstDifference(text, answers[index] ?? { error: "no answer" });
      return difference === undefined ? [] : [`${path}: ${difference}`];
    });
    expect(different).toEqual([]);
  });

  test("the source between start and end of an inline node is what docutils made it of", () => {
    let compared = 0;
    for (const [index, [path, text]] of docs.entries()) {
      const answer = answers[index] ?? { error: "no answer" };
      if ("error" in answer) throw new Error(`${path}: ${answer.error}`);
      const theirs = answer.nodes
        .filter(([, type, , , , source]) => INLINE.includes(type) && source !== "")
        .filter(([, type, , , , source]) => type !== "target" || !source.startsWith(".."))
        .map(([, type, , , , source]) => `${type} ${squeeze(source)}`);
      const ours = inlineSources(parseRst(text), text);
      expect(ours, path).toEqual(theirs);
      compared += ours.length;
    }
    expect(compared).toBeGreaterThan(500);
  });
});
