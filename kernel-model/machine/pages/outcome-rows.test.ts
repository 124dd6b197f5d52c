import { afterEach, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../../topology/two-tiers-hmat.ts";
import { FORKED } from "../../vectors/classes/forked.ts";
import { HELD } from "../../vectors/classes/held.ts";
import { PAGES } from "../../vectors/classes/pages.ts";
import { predict } from "../../vectors/predict.ts";
import { createMachine } from "../params.ts";
import { PAGE_ROWS, type PageRow } from "./outcome-rows.ts";

/*
 * The table itself is changed, one row at a time. A kernel that agrees with the model on every vector
 * then disagrees with the changed one, if what the vectors expect has changed.
 */
const machine = createMachine(TWO_TIERS_HMAT, "v3");
const context = { machine, seed: 1 };
/** Of the products only some: each state is in many of them. */
const STRIDE = 29;
const drafts = [
  ...FORKED.generate(context),
  ...HELD.generate(context),
  ...PAGES.generate(context).filter((_, index) => index % STRIDE === 0),
];
const expectedOf = new Map(drafts.map(({ id, calls }) => [id, textOf(calls)]));
const table = PAGE_ROWS as PageRow[];
const original = [...PAGE_ROWS];

afterEach(() => {
  table.splice(0, table.length, ...original);
});

function textOf(calls: (typeof drafts)[number]["calls"]): string {
  try {
    const { expected } = predict(machine, calls);
    return expected.flatMap((all) => all.map(({ ret, out }) => `${ret}:${out.join()}`)).join(";");
  } catch (error) {
    return String(error);
  }
}

test.each(original.slice(0, -1).map(({ id }) => id))("a missing %s is noticed", (id) => {
  table.splice(0, table.length, ...original.filter((row) => row.id !== id));
  expect(drafts.some((draft) => textOf(draft.calls) !== expectedOf.get(draft.id))).toBe(true);
});

test.each(original.map(({ id }) => id))("another counter for %s is noticed", (id) => {
  const other = (row: PageRow): PageRow =>
    row.id === id
      ? { ...row, counters: [row.counters[0] === "absent" ? "already" : "absent"] }
      : row;
  table.splice(0, table.length, ...original.map(other));
  const isNoticed = drafts.some((draft) => textOf(draft.calls) !== expectedOf.get(draft.id));
  // What moves is counted as moved whatever the row says.
  expect(isNoticed).toBe(id !== "moves");
});
