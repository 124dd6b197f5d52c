import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../../topology/two-tiers-hmat.ts";
import { ADVICE, type Call } from "../calls.ts";
import { UnmodelledCallError } from "../outcome.ts";
import { createMachine } from "../params.ts";
import { initialState } from "../state.ts";
import { step } from "../step.ts";

const MEMFD = 3;

/** Pages of the arena that are there after the calls. */
function present(...calls: readonly Call[]): readonly number[] {
  let state = initialState(createMachine(TWO_TIERS_HMAT, "v3"));
  for (const call of calls) state = step(state, call)[0]?.state ?? state;
  const { arenaStart } = state.machine.pages;
  return Object.keys(state.pages).map((page) => Number(page) - arenaStart);
}

/** A file of which all pages are in memory and none is mapped, from `page` on. */
function fileAt(page: number, npages: number): readonly Call[] {
  return [
    { op: "mmap", page, npages, kind: MEMFD, prot: 3 },
    { op: "write", page, npages, seed: 1, nid: -1 },
    { op: "madvise", page, npages, advice: ADVICE.dontNeed },
  ];
}

function read(page: number): Call {
  return { op: "read", page, npages: 1, nid: -1 };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe("a read of a file maps what is in memory around it", () => {
  test("from an aligned page on", () => {
    expect(present(...fileAt(0, 64), read(20))).toEqual(range(16, 32));
  });

  test("from where the mapping begins, and as much then as else", () => {
    expect(present(...fileAt(26, 20), read(30))).toEqual(range(26, 42));
    expect(present(...fileAt(26, 7), read(30))).toEqual(range(26, 33));
  });

  test("up to the end of the page table", () => {
    expect(present(...fileAt(500, 12), read(505))).toEqual(range(500, 512));
  });

  test("unless the kernel may have merged mappings, and that matters", () => {
    const split = (page: number): readonly Call[] => [
      { op: "mprotect", page, npages: 4, prot: 1 },
      { op: "mprotect", page, npages: 4, prot: 3 },
    ];
    expect(() => present(...fileAt(8, 40), ...split(20), read(20))).toThrow(UnmodelledCallError);
    expect(present(...fileAt(8, 40), ...split(40), read(20))).toEqual(range(16, 32));
    const other: Call = { op: "mprotect", page: 20, npages: 4, prot: 1 };
    expect(present(...fileAt(8, 40), other, read(20))).toEqual(range(20, 24));
  });
});
