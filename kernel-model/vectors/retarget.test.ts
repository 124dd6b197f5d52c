import { describe, expect, test } from "vitest";
import { createMachine } from "../machine/params.ts";
import { PLATFORMS, X86_64 } from "../machine/platform.ts";
import { ONE_NODE } from "../topology/one-node.ts";
import { COMPAT } from "./classes/compat.ts";
import { RANGE } from "./classes/range.ts";
import { SINGLE } from "./classes/single.ts";
import { SIZE } from "./classes/size.ts";
import { collectVectors } from "./generate.ts";
import { retargetVectors } from "./retarget.ts";

const machine = createMachine(ONE_NODE, "v1");
const vectors = collectVectors([SINGLE, SIZE, RANGE, COMPAT], { machine, seed: 1 }, new Map());

describe("vectors for another platform", () => {
  test("for the one that they are made for nothing changes", () => {
    const same = retargetVectors(vectors, createMachine(ONE_NODE, "v1", X86_64));
    expect(same.changed).toEqual([]);
    expect(same.dropped).toEqual([]);
    expect(same.vectors).toEqual(vectors);
  });

  test.each(PLATFORMS)("$name: none is lost, and 32-bit programs need x86-64", (platform) => {
    const there = retargetVectors(vectors, createMachine(ONE_NODE, "v1", platform));
    expect(there.vectors.length + there.dropped.length).toBe(vectors.length);
    const compat = there.vectors.filter(({ className }) => className === "compat");
    expect(compat.length > 0).toBe(platform.compatTaskSizePages !== null);
  });

  test("pages of 64 KiB leave all rows to be answered that arm64 has", () => {
    const platform = PLATFORMS.find(({ name }) => name === "arm64-64k") ?? X86_64;
    const { vectors: there } = retargetVectors(vectors, createMachine(ONE_NODE, "v1", platform));
    const answersOf = (all: typeof vectors): ReadonlySet<string | null> =>
      new Set(all.filter(({ className }) => className !== "compat").map(({ answer }) => answer));
    const lost = [...answersOf(vectors)].filter((row) => !answersOf(there).has(row));
    // A tag hides what lies beyond TASK_SIZE; a huge page is larger than the arena.
    expect(lost.sort()).toEqual(["range-beyond-task-size", "vma-hugetlb", "vma-key-denies"]);
  });
});
