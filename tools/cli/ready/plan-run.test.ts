import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeGateTree, rfckitHere } from "../../../tests/support/gate-tree.ts";

const COMMIT = { message: "mm: add b\n\nBecause.", files: { "mm/a.c": "int a;\nint b;\n" } };

describe("ready --dry-run", () => {
  test("prints the commands, judges nothing, and knows what is remembered", async () => {
    const tree = await makeGateTree([COMMIT]);
    const range = ["ready", "--tree", tree, "--range", "base..topic"];
    const plan = await rfckitHere(tree, [...range, "--dry-run"]);
    expect(plan.code).toBe(0);
    const lines = plan.stdout.split("\n");
    expect(lines).toContain("would run m15-subject-length (instant)");
    const perl = lines.filter((line) => line.includes("scripts/checkpatch.pl"));
    expect(perl).toHaveLength(1);
    expect(perl[0]).toMatch(/0001-mm-add-b\.patch\)$/);
    const make = lines.filter((line) => / make /.test(line));
    expect(make.map((line) => line.split(" ").at(-1))).toEqual(["allnoconfig", "vmlinux"]);
    expect(existsSync(join(tree, "../cache/rfckit/results"))).toBe(false);
    await rfckitHere(tree, [...range, "--profile", "texts"]);
    const again = await rfckitHere(tree, [...range, "--dry-run"]);
    expect(again.stdout).toContain("remembered m15-subject-length (instant)");
  });

  test("an empty range has nothing to run", async () => {
    const tree = await makeGateTree([COMMIT]);
    const range = ["ready", "--tree", tree, "--range", "base..base", "--dry-run"];
    expect((await rfckitHere(tree, range)).stdout).toContain("nothing would run");
  });
});
