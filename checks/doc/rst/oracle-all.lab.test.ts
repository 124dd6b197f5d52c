import { beforeAll, expect, test } from "vitest";
import { firstDifference } from "../../../tests/support/compare-rst.ts";
import { askDocutils, type OracleAnswer } from "../../../tests/support/docutils-oracle.ts";
import { compareInline } from "../../../tests/support/inline-sources.ts";
import { readKernelDocs } from "../../../tests/support/kernel-docs.ts";

import { parseRst } from "./parser.ts";

let docs: [string, string][] = [];
let answers: OracleAnswer[] = [];

beforeAll(async () => {
  docs = await readKernelDocs("Documentation");
  answers = await askDocutils(docs.map(([, text]) => text));
});

test("all of Documentation is parsed as docutils does", () => {
  expect(docs).toHaveLength(3584);
  const different = docs.flatMap(([path, text], index) => {
    const difference = firstDifference(text, answers[index] ?? { error: "no answer" });
    return difference === undefined ? [] : [`${path}: ${difference}`];
  });
  expect(different).toEqual([]);
});

test("inline nodes are those of docutils, and so is the source between their places", () => {
  let [compared, different] = [0, 0];
  for (const [index, [, text]] of docs.entries()) {
    const found = compareInline(parseRst(text), text, answers[index] ?? { error: "no answer" });
    compared += found.compared;
    different += found.different;
  }
  expect(compared).toBeGreaterThan(40_000);
  expect(different / compared).toBeLessThanOrEqual(0.001);
});

const WARNING = 2;

/** Names that are defined twice are not the parser's business, a rule of the linter says them. */
const isAboutNames = (text: string): boolean =>
  /^Duplicate (?:explicit|implicit) target/.test(text);

test("warnings and errors are those of docutils, on the same lines", () => {
  let compared = 0;
  for (const [index, [path, text]] of docs.entries()) {
    const answer = answers[index] ?? { error: "no answer" };
    if ("error" in answer) throw new Error(`${path}: ${answer.error}`);
    const theirs = answer.messages
      .filter(([level, , words]) => level >= WARNING && !isAboutNames(words))
      .map(([level, line]) => `${line}: level ${level}`);
    const ours = parseRst(text)
      .messages.filter(({ level }) => level >= WARNING)
      .map(({ level, position }) => `${position.start.line}: level ${level}`);
    expect(ours.sort(), path).toEqual(theirs.sort());
    compared += ours.length;
  }
  expect(compared).toBeGreaterThan(0);
});
