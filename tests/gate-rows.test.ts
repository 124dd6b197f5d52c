import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { CHECKS } from "../checks/registry.ts";

const ROOT = resolve(import.meta.dirname, "..");
const PAGE = resolve(ROOT, "docs/design/0030-gate-rows.md");
const ROWS = readFileSync(PAGE, "utf8")
  .split("\n")
  .map((line) => /^\| ([A-Z]\d\d) \| (.+) \| (.+) \|$/.exec(line))
  .flatMap((match) => (match === null ? [] : [{ row: match[1] ?? "", state: match[3] ?? "" }]));

/** How many rules each section of the list has. */
const SECTIONS = {
  S: 24,
  M: 27,
  E: 5,
  R: 7,
  L: 7,
  T: 12,
  K: 8,
  U: 13,
  D: 10,
  B: 7,
  F: 4,
  X: 8,
  G: 6,
};

test("every rule is in the table, once and in order", () => {
  const expected = Object.entries(SECTIONS).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, at) => `${letter}${String(at + 1).padStart(2, "0")}`),
  );
  expect(ROWS.map(({ row }) => row)).toEqual(expected);
});

test("every state names a check that exists, or why there is none", () => {
  const ids = CHECKS.map(({ id }) => id);
  const wrong = ROWS.filter(({ row, state }) => {
    if (state.startsWith("test: ")) return !existsSync(resolve(ROOT, state.slice(6)));
    const [, kind, id = "", rest] =
      /^(?:(covered|partly): )?([a-z]\d\d-[a-z0-9-]+)(?: \((.+)\))?$/.exec(state) ?? [];
    if (state.startsWith("not yet: ")) {
      return ids.some((one) => one.startsWith(`${row.toLowerCase()}-`));
    }
    const isOwn = id.startsWith(`${row.toLowerCase()}-`);
    return !ids.includes(id) || (kind === undefined && (!isOwn || rest !== undefined));
  });
  expect(wrong).toEqual([]);
});

test("every check is in the table as the check of its own row", () => {
  const own = CHECKS.map(({ id }) => {
    const state = ROWS.find(({ row }) => id.startsWith(`${row.toLowerCase()}-`))?.state ?? "";
    return state.replace(/^partly: /, "").split(" ")[0];
  });
  expect(own).toEqual(CHECKS.map(({ id }) => id));
});
