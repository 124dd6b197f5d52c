import { expect, test } from "vitest";
import { firstDifference } from "../../../tests/support/compare-rst.ts";
import { askDocutils } from "../../../tests/support/docutils-oracle.ts";
import { readKernelDocs } from "../../../tests/support/kernel-docs.ts";

test("all of Documentation is parsed as docutils does", async () => {
  const docs = await readKernelDocs("Documentation");
  expect(docs).toHaveLength(3584);
  const answers = await askDocutils(docs.map(([, text]) => text));
  const different = docs.flatMap(([path, text], index) => {
    const difference = firstDifference(text, answers[index] ?? { error: "no answer" });
    return difference === undefined ? [] : [`${path}: ${difference}`];
  });
  expect(different).toEqual([]);
});
