import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createMachine } from "../machine/params.ts";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { renderPrecedencePage } from "./emit/precedence-page.ts";
import { generateVectors } from "./generate.ts";
import { precedenceMatrix } from "./precedence.ts";

const PAGE = join(import.meta.dirname, "../../docs/reference/precedence.md");
const set = generateVectors({ stage: "v1", seed: 1, topology: TWO_TIERS_HMAT });
const machine = createMachine(TWO_TIERS_HMAT, "v1");
const matrix = precedenceMatrix(machine, set.vectors);

describe("the precedence matrix", () => {
  test("has no pair that is neither shown nor explained", () => {
    expect(matrix.pairs.filter(({ kind }) => kind === "missing")).toEqual([]);
    expect(matrix.pairs.filter(({ kind }) => kind === "shown").length).toBeGreaterThan(300);
  });

  test("counts every row as answering and as violated", () => {
    for (const { id, answers, violated } of matrix.rows) {
      expect(answers, id).toBeGreaterThan(0);
      expect(violated, id).toBeGreaterThanOrEqual(answers);
    }
  });

  test("says so when no vector shows a pair", () => {
    const without = set.vectors.filter(({ rows }) => !rows.includes("pad0-not-zero"));
    const { pairs } = precedenceMatrix(machine, without);
    const missing = pairs.filter(({ kind }) => kind === "missing");
    expect(missing.length).toBeGreaterThan(20);
    expect(missing.every(({ first, second }) => [first, second].includes("pad0-not-zero"))).toBe(
      true,
    );
    expect(renderPrecedencePage({ ...matrix, pairs }, set)).toContain("   ?");
  });
});

test("the page in docs is the rendered matrix", async () => {
  expect(await readFile(PAGE, "utf8")).toBe(renderPrecedencePage(matrix, set));
});
