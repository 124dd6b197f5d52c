import fc from "fast-check";
import { expect, test } from "vitest";
import { editSplitPlan } from "../config/edit-split-plan.ts";
import { parseSplitPlan } from "../config/load-split-plan.ts";
import { assignPlan, NOBODY, type Owners } from "./assign-plan.ts";
import type { FileChange, Unit } from "./change.ts";
import { moveUnits } from "./move-units.ts";
import { layOutPlan } from "./plan-tree.ts";

const lines = (count: number, text: string): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => Buffer.from(`${text}${at}\n`));

const hunk = (id: string, start: number, text: string): Unit => ({
  kind: "hunk",
  id: id.repeat(12),
  oldStart: start,
  newStart: start,
  removed: lines(1, `old_${text}`),
  added: lines(3, text),
});

const file = (path: string, units: Unit[]): FileChange => {
  const side = { path, mode: "100644", blob: "1".repeat(40) };
  return { old: side, new: side, oldLines: [], newLines: lines(40, "int x"), units };
};

const FILES: readonly FileChange[] = [
  file("mm/a.c", [hunk("a", 1, "one"), hunk("b", 10, "two"), hunk("c", 20, "three")]),
  file("mm/b.c", [hunk("d", 1, "four"), { kind: "mode", id: "e".repeat(12) }]),
  file("docs/x", [hunk("f", 1, "five")]),
];

const PLAN = `# a plan
commits:
  # first things
  - message: |
      mm: first

      Why.
    take:
      # all of a
      - path: mm/a.c
      - hunk: "dddddddddddd"
        lines: 1-2
  - message: "mm: second"
    take:
      - pattern: five
      - hunk: "eeeeeeeeeeee"
  - message: the rest
    take:
      - rest: "**"
`;

const parse = (text: string) => parseSplitPlan(text, "plan.yaml");
const plain = (owners: Owners): number[][][] => owners.map((one) => one.map((unit) => [...unit]));

test("a change moves whole, everything else stays where it is, and comments stay", () => {
  const places = FILES.flatMap(({ units }, at) => units.map((_, unit) => ({ file: at, unit })));
  const move = fc.record({
    units: fc.uniqueArray(fc.constantFrom(...places), { minLength: 1, maxLength: 3 }),
    to: fc.integer({ min: NOBODY, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 6 }), (moves) => {
      let text = PLAN;
      for (const { units, to } of moves) {
        const before = assignPlan(parse(text), FILES);
        text = editSplitPlan(text, moveUnits(parse(text), FILES, units, to));
        const after = assignPlan(parse(text), FILES);
        const wanted = plain(before.owners);
        for (const { file: at, unit } of units) wanted[at]?.[unit]?.fill(to);
        expect(plain(after.owners)).toEqual(wanted);
        expect(after.problems.filter((one) => !one.includes("takes nothing"))).toEqual([]);
      }
      expect(text).toContain("# a plan\n");
      expect(text).toContain("Why.");
    }),
    { numRuns: 200 },
  );
});

test("only the entries that change are written anew", () => {
  const edits = moveUnits(parse(PLAN), FILES, [{ file: 0, unit: 1 }], 1);
  expect(editSplitPlan(PLAN, edits)).toBe(
    PLAN.replace(
      "      - path: mm/a.c\n",
      "      - hunk: aaaaaaaaaaaa\n      - hunk: cccccccccccc\n",
    ).replace('hunk: "eeeeeeeeeeee"\n', 'hunk: "eeeeeeeeeeee"\n      - hunk: bbbbbbbbbbbb\n'),
  );
});

test("the tree has what nobody takes first, then each commit with its changes", () => {
  const text = PLAN.replace(/ {2}- message: the rest\n(?:.*\n)+/, "");
  const { rows, unassigned, problems } = layOutPlan(parse(text), FILES);
  expect([unassigned, problems]).toEqual([1, []]);
  expect(rows.map(({ text: shown }) => shown)).toEqual([
    "unassigned: 1",
    "mm/b.c +3 -1 :2 four0 (2 of 4 lines)",
    "1. mm: first (4)",
    "mm/a.c +3 -1 :2 one0",
    "mm/a.c +3 -1 :11 two0",
    "mm/a.c +3 -1 :21 three0",
    "mm/b.c +3 -1 :2 four0 (2 of 4 lines)",
    "2. mm: second (2)",
    "mm/b.c mode",
    "docs/x +3 -1 :2 five0",
  ]);
});
