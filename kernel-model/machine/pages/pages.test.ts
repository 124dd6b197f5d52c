import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../../topology/two-tiers-hmat.ts";
import { VIRTIO_MEM } from "../../topology/virtio-mem.ts";
import { openDevice } from "../../vectors/hint-at.ts";
import { pageHint } from "../../vectors/page-hint.ts";
import type { Call } from "../calls.ts";
import type { Outcome } from "../outcome.ts";
import { createMachine, type Machine } from "../params.ts";
import { initialState } from "../state.ts";
import { step } from "../step.ts";
import { isConserved } from "./page-counts.ts";

const machine = createMachine(TWO_TIERS_HMAT, "v3");
const FIRST = 8;
const map: Call = { op: "mmap", page: FIRST, npages: 4, kind: 0, prot: 3 };
const where: Call = { op: "where", page: FIRST, npages: 4 };
const read: Call = { op: "read", page: FIRST, npages: 4, nid: -1 };
const write = (nid: number): Call => ({ op: "write", page: FIRST, npages: 2, seed: 7, nid });
const demote = pageHint({ op: "demote", targetNid: -1 }, FIRST, 4);
const promote = pageHint({ op: "promote", targetNid: -1 }, FIRST, 4);
const prefetch = pageHint({ op: "prefetch", targetNid: -1 }, FIRST, 4);

/** The only outcome of the last call. */
function last(...calls: readonly Call[]): Outcome {
  const outcomes = all(...calls);
  expect(outcomes.length).toBe(1);
  const [only] = outcomes;
  if (only === undefined) throw new Error("a call has an outcome");
  return only;
}

function all(...calls: readonly Call[]): readonly Outcome[] {
  return allOn(machine, ...calls);
}

function allOn(on: Machine, ...calls: readonly Call[]): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ ret: 0, out: new Uint8Array(0), state: initialState(on) }];
  for (const call of [openDevice(0), ...calls]) {
    outcomes = outcomes.flatMap(({ state }) => step(state, call));
  }
  return outcomes;
}

function wordsOf({ out }: Outcome): readonly number[] {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  return Array.from({ length: out.length / 4 }, (_, index) => view.getInt32(index * 4, true));
}

/** pages, absent, already, moved, skipped, failed, done_len. */
function resultsOf({ out }: Outcome): readonly number[] {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  return [0, 1, 2, 3, 4, 5, 6].map((index) => view.getUint32(64 + index * 8, true));
}

describe("a hint", () => {
  test("moves what is there, and leaves what is not", () => {
    expect(resultsOf(last(map, write(0), demote))).toEqual([4, 2, 0, 2, 0, 0, 0x4000]);
    expect(wordsOf(last(map, write(0), demote, where))).toEqual([1, 1, -2, -2]);
  });

  test("finds that what it wants is so already, or that there is nowhere to go", () => {
    expect(resultsOf(last(map, write(0), promote))).toEqual([4, 2, 2, 0, 0, 0, 0x4000]);
    expect(resultsOf(last(map, write(1), demote))).toEqual([4, 2, 0, 0, 2, 0, 0x4000]);
  });

  test("to prefetch populates with the zero page, and moves the others up", () => {
    expect(resultsOf(last(map, write(1), prefetch))).toEqual([4, 0, 0, 2, 2, 0, 0x4000]);
    expect(wordsOf(last(map, write(1), prefetch, where))).toEqual([0, 0, -14, -14]);
  });

  test("never changes what memory holds", () => {
    const before = wordsOf(last(map, write(0), read));
    expect(before.slice(0, 2)).toEqual([0x70009, 0x7000a]);
    expect(wordsOf(last(map, write(0), demote, promote, prefetch, read))).toEqual(before);
  });

  test("does not move what is pinned, or what another process maps, too", () => {
    const pin: Call = { op: "pin", page: FIRST, npages: 1 };
    expect(resultsOf(last(map, write(0), pin, demote))).toEqual([4, 2, 0, 1, 0, 1, 0x4000]);
    const fork: Call = { op: "fork" };
    const exit: Call = { op: "exit" };
    expect(resultsOf(last(map, write(0), fork, demote))).toEqual([4, 2, 0, 0, 2, 0, 0x4000]);
    expect(resultsOf(last(map, write(0), fork, exit, demote))).toEqual([4, 2, 0, 2, 0, 0, 0x4000]);
  });

  test("finds pinned pages of memory that came late on the local node: the pin moved them", () => {
    const late = createMachine(VIRTIO_MEM, "v3");
    const pin: Call = { op: "pin", page: FIRST, npages: 1 };
    const outcomes = allOn(late, map, write(2), pin, where);
    expect(outcomes.map(wordsOf)).toEqual([[0, 2, -2, -2]]);
    const promoted = allOn(late, map, write(2), pin, promote);
    expect(promoted.map(resultsOf)).toEqual([[4, 2, 1, 1, 0, 0, 0x4000]]);
  });

  test("moves a huge page whole, and counts the part that it names", () => {
    const huge: readonly Call[] = [
      { op: "mmap", page: 0, npages: 512, kind: 0, prot: 3 },
      { op: "madvise", page: 0, npages: 512, advice: 14 },
      { op: "touch", page: 100, npages: 1 },
    ];
    const part = pageHint({ op: "demote", targetNid: 1 }, 7, 3);
    expect(resultsOf(last(...huge, part))).toEqual([3, 0, 0, 3, 0, 0, 0x3000]);
    const nodes = wordsOf(last(...huge, part, { op: "where", page: 0, npages: 512 }));
    expect(new Set(nodes)).toEqual(new Set([1]));
    const cold = pageHint({ op: "release", targetNid: -1 }, 7, 3);
    const split = wordsOf(last(...huge, cold, part, { op: "where", page: 5, npages: 7 }));
    // What was never written is zeros, of which a split keeps none.
    expect(split).toEqual([-14, -14, -14, -14, -14, -14, -14]);
  });

  test("to a full node moves the first so many pages, or none", () => {
    const outcomes = all(map, write(0), { op: "fill", nid: 1 }, demote);
    expect(outcomes.map((outcome) => resultsOf(outcome).slice(3))).toEqual([
      [0, 0, 2, 0x4000],
      [1, 0, 1, 0x4000],
      [2, 0, 0, 0x4000],
    ]);
  });

  test("whose results can't be written has moved pages all the same", () => {
    const lost = { ...demote, flags: 1 };
    expect(last(map, write(0), lost).ret).toBe(-14);
    expect(wordsOf(last(map, write(0), lost, where))).toEqual([1, 1, -2, -2]);
    const [file] = last(map, write(0), lost).state.slots;
    expect(file?.counters[2]).toMatchObject({ calls: 1, errors: 1, pages: 4, moved: 2, absent: 2 });
  });
});

test("a step changes nothing in the state that it got, and counts obey the law", () => {
  const calls = [map, write(0), write(1), demote, promote, prefetch, read, where] as const;
  const program = fc.array(fc.constantFrom<Call>(...calls), { maxLength: 12 });
  fc.assert(
    fc.property(program, (rest) => {
      let state = last(map).state;
      for (const call of rest) {
        const text = JSON.stringify(state.memory);
        const [outcome] = step(state, call);
        expect(JSON.stringify(state.memory)).toBe(text);
        state = outcome?.state ?? state;
      }
      expect(state.totals.every(isConserved)).toBe(true);
    }),
  );
});
