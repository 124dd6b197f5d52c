import { expect, test } from "vitest";
import { type Call, renderProgram } from "../../kernel-model/index.ts";
import { anyProgram } from "./any-program.ts";
import { findWalk } from "./shrink-walk.ts";

/** A kernel that fails when a page is unmapped after a lock, whatever else is done. */
function isWrong(program: readonly Call[]): boolean {
  const lock = program.findIndex(({ op }) => op === "mlock");
  return lock >= 0 && program.slice(lock).some(({ op }) => op === "munmap");
}

const run = async (programs: readonly (readonly Call[])[]): Promise<ReadonlySet<number>> =>
  new Set(programs.flatMap((program, index) => (isWrong(program) ? [index] : [])));

test("of a random program that fails only the two calls are left that matter", async () => {
  const found = await findWalk({ arbitrary: anyProgram(), seed: 1, count: 300, run });
  expect(found?.before.length).toBeGreaterThan(2);
  expect(found?.program.map(({ op }) => op)).toEqual(["mlock", "munmap"]);
  expect(renderProgram(found?.program ?? [])).toEqual([
    "mlock2(arena + 0 * PAGE, 1 * PAGE, MLOCK_ONFAULT);",
    "munmap(arena + 0 * PAGE, 1 * PAGE);",
  ]);
});

test("the same seed finds the same, and a kernel that is right nothing", async () => {
  const search = { arbitrary: anyProgram(), seed: 7, count: 200 };
  expect(await findWalk({ ...search, run })).toEqual(await findWalk({ ...search, run }));
  expect(await findWalk({ ...search, run: async () => new Set() })).toBeUndefined();
});
