import { beforeAll, describe, expect, test } from "vitest";
import { firstDifference } from "../../../tests/support/compare-rst.ts";
import { askDocutils, type OracleAnswer } from "../../../tests/support/docutils-oracle.ts";
import { inlineSources, oracleSources } from "../../../tests/support/inline-sources.ts";
import { readKernelDocs } from "../../../tests/support/kernel-docs.ts";
import { parseRst } from "./parser.ts";

let docs: [string, string][] = [];
let answers: OracleAnswer[] = [];

beforeAll(async () => {
  docs = await readKernelDocs("Documentation/mm");
  answers = await askDocutils(docs.map(([, text]) => text));
});

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
      const theirs = oracleSources(answer);
      const ours = inlineSources(parseRst(text), text);
      expect(ours, path).toEqual(theirs);
      compared += ours.length;
    }
    expect(compared).toBeGreaterThan(500);
  });
});
