import { afterEach, describe, expect, test } from "vitest";
import { ERRNO } from "../abi/errno.ts";
import { rowsOfStage, type StageRows } from "../machine/check-order.ts";
import type { CheckRow } from "../machine/check-row.ts";
import { createMachine } from "../machine/params.ts";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { generateVectors } from "./generate.ts";
import { predict } from "./predict.ts";
import type { ExpectedOutcome, Vector } from "./vector.ts";

/*
 * The model itself is changed, one row of its table at a time. A kernel that agrees with the model
 * on every vector then disagrees with the changed one, if the vectors' predictions have changed.
 */
const STAGE = "v2";
const machine = createMachine(TWO_TIERS_HMAT, STAGE);
const { vectors } = generateVectors({ stage: STAGE, seed: 1, topology: TWO_TIERS_HMAT });
const tables = rowsOfStage(STAGE);
const original: StageRows = { ...tables };
const PARTS = Object.keys(original) as readonly (keyof StageRows)[];
const TRIED = 400;

/** The table that the interpreter asks is one object for each stage; its parts are replaced here. */
function replacePart(part: keyof StageRows, rows: readonly CheckRow[]): void {
  Object.assign(tables, { [part]: rows });
}

afterEach(() => {
  Object.assign(tables, original);
});

function isNoticed(candidates: readonly Vector[]): boolean {
  return candidates.slice(0, TRIED).some(({ calls, expected }) => {
    try {
      const changed = predict(machine, calls).expected;
      return changed.some((outcomes, index) => !sameOutcomes(outcomes, expected[index] ?? []));
    } catch {
      // A model that has no answer any more is noticed, too.
      return true;
    }
  });
}

function sameOutcomes(a: readonly ExpectedOutcome[], b: readonly ExpectedOutcome[]): boolean {
  const key = ({ ret, out }: ExpectedOutcome): string => `${ret} ${out.join()}`;
  return a.map(key).toSorted().join(";") === b.map(key).toSorted().join(";");
}

describe.each(PARTS)("in the part %s of the table", (part) => {
  const rows: readonly CheckRow[] = original[part];
  const answeredBy = (id: string): readonly Vector[] =>
    vectors.filter(({ answer }) => answer === id);

  test.each(rows.map(({ id }) => id))("a missing %s is noticed", (id) => {
    replacePart(
      part,
      rows.filter((row) => row.id !== id),
    );
    expect(isNoticed(answeredBy(id))).toBe(true);
  });

  test.each(rows.map(({ id }) => id))("another errno of %s is noticed", (id) => {
    const changed = rows.map((row) =>
      row.id === id ? { ...row, errno: row.errno === "EPERM" ? "EBUSY" : "EPERM" } : row,
    );
    replacePart(part, changed as readonly CheckRow[]);
    expect(isNoticed(answeredBy(id))).toBe(true);
  });
});

// In the scan the address decides: one part of a range never violates both of two such rows.
test.each(PARTS.filter((part) => part !== "scan"))(
  "in %s an order is noticed in which neighbours with different errnos change places",
  (part) => {
    const rows: readonly CheckRow[] = original[part];
    const unnoticed = rows.slice(1).flatMap((second, index) => {
      const first = rows[index];
      if (first === undefined || ERRNO[first.errno] === ERRNO[second.errno]) return [];
      const both = vectors.filter(
        ({ rows: ids }) => ids.includes(first.id) && ids.includes(second.id),
      );
      if (both.length === 0) return [];
      replacePart(part, rows.with(index, second).with(index + 1, first));
      return isNoticed(both) ? [] : [`${first.id} and ${second.id}`];
    });
    expect(unnoticed).toEqual([]);
  },
);
