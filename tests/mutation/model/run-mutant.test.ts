import { expect, test } from "vitest";
import type { Vector } from "../../../kernel-model/index.ts";
import { withModelThread } from "./run-mutant.ts";

const CODE = `module.exports = {
  TOPOLOGIES: [{}],
  createMachine: () => ({}),
  predict: () => ({ expected: [[{ ret: 1 + 1, out: [] }]] }),
};`;
const VECTOR = { id: "sum", calls: [{}], expected: [[{ ret: 2, out: [] }]] };

test("one thread is asked about one mutant after the other", async () => {
  const plus = CODE.indexOf("+");
  const place = { operator: "arithmetic", file: "a.ts", before: "", after: "" };
  const verdicts: unknown[] = [];
  const vectors = [VECTOR as unknown as Vector];
  await withModelThread({ code: CODE, mutants: [] }, "v2", vectors, async (ask) => {
    for (const replacement of ["-", "*", "(", "/ 1 +"]) {
      verdicts.push(await ask({ ...place, start: plus, end: plus + 1, replacement }));
    }
  });
  const differs = { kind: "differs", vector: "sum" };
  expect(verdicts).toEqual([differs, differs, { kind: "throws" }, { kind: "survives" }]);
});
