import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { arenaAddress, type HintSpec, specCalls, validSpec } from "../vectors/hint-spec.ts";
import type { Call } from "./calls.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { createMachine } from "./params.ts";
import { initialState, type State } from "./state.ts";
import { step } from "./step.ts";

const start = initialState(createMachine(TWO_TIERS_HMAT, "v1"));

function runAll(from: State, calls: readonly Call[]): { state: State; rets: readonly number[] } {
  let state = from;
  const rets = calls.map((call) => {
    const [outcome, ...others] = step(state, call);
    expect(others).toEqual([]);
    state = outcome?.state ?? state;
    return outcome?.ret ?? Number.NaN;
  });
  return { state, rets };
}

describe("a step", () => {
  test("changes nothing in the state that it got", () => {
    const before = JSON.stringify(start);
    runAll(start, [
      { op: "open", slot: 0, flags: 2, uid: 0 },
      { op: "mmap", page: 0, npages: 4, kind: 0, prot: 3 },
      { op: "mlock", page: 1, npages: 2 },
      { op: "cpuset", mask: 1 },
    ]);
    expect(JSON.stringify(start)).toBe(before);
  });

  test("of mlock and mprotect past a hole changes what lies before it", () => {
    const { state, rets } = runAll(start, [
      { op: "mmap", page: 0, npages: 2, kind: 0, prot: 3 },
      { op: "mlock", page: 0, npages: 4 },
      { op: "mprotect", page: 1, npages: 3, prot: 1 },
    ]);
    expect(rets).toEqual([0, -12, -12]);
    expect(state.space.map(({ prot, locked }) => [prot, locked])).toEqual([
      [3, true],
      [1, true],
    ]);
  });

  test("gives a set where the range leaves what the model knows", () => {
    const spec = { ...validSpec("demote"), start: (1n << 47n) - 8192n, len: 4096n };
    const calls = specCalls(spec);
    const { state } = runAll(start, calls.slice(0, -1));
    const hint = calls.at(-1);
    const rets = hint === undefined ? [] : step(state, hint).map(({ ret }) => ret);
    expect(rets.toSorted()).toEqual([-12, -22, -95].toSorted());
  });

  test("of CAPS that faults while writing may have written any prefix", () => {
    const payload = new Uint8Array(40);
    payload[0] = 40;
    const caps = { op: "ioctl", slot: 0, cmd: 0xc028bb00, flags: 0, pointer: 0n } as const;
    const { state } = runAll(start, [{ op: "open", slot: 0, flags: 0, uid: 0 }]);
    const outcomes = step(state, { ...caps, accessible: 10, payload });
    expect(outcomes.map(({ ret, out }) => [ret, out.length])).toEqual(Array(11).fill([-14, 10]));
  });

  test("refuses to guess what the model doesn't know", () => {
    const { state } = runAll(start, [
      { op: "open", slot: 0, flags: 2, uid: 0 },
      { op: "mmap", page: 0, npages: 1, kind: 0, prot: 3 },
    ]);
    const ioctl = { op: "ioctl", slot: 0, accessible: 0, payload: new Uint8Array(0) } as const;
    const unknown: readonly Call[] = [
      { op: "cpuset", mask: 0 },
      { op: "munmap", page: 511, npages: 2 },
      { op: "close", slot: 8 },
      { op: "mmap", page: 1, npages: 1, kind: 9, prot: 3 },
      { ...ioctl, cmd: 0x5421, flags: 0, pointer: 0n },
      { ...ioctl, cmd: 0xc040bb01, flags: 2, pointer: arenaAddress(0) },
      { ...ioctl, cmd: 0xc040bb01, flags: 2, pointer: 0x400000n },
    ];
    for (const call of unknown) expect(() => step(state, call)).toThrow(UnmodelledCallError);
  });
});

describe("counters", () => {
  const v2 = initialState(createMachine(TWO_TIERS_HMAT, "v2"));
  const open: Call = { op: "open", slot: 0, flags: 2, uid: 0 };
  const dup: Call = { op: "fileop", slot: 0, which: 5, target: 1 };
  const hint = (change: Partial<HintSpec>, slot = 0): Call => {
    const call = specCalls({ ...validSpec("demote"), cells: [], ...change }).at(-1);
    if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
    return { ...call, slot };
  };
  const ofSlot = (slot: number, calls: readonly Call[]): readonly (readonly number[])[] =>
    (runAll(v2, calls).state.slots[slot]?.counters ?? []).map((one) => [one.calls, one.errors]);
  const NONE = [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ];

  test("count what could be read and has a known op, and nothing else", () => {
    const counted = [{}, { flags: 1n }, { pad0: 1 }, { len: 0n }, { targetNid: 64 }];
    for (const change of counted) {
      expect(ofSlot(0, [open, hint(change)])).toEqual(NONE.with(2, [1, 1]));
    }
    const others = [{ op: 0 }, { op: 5 }, { op: 0, flags: 1n }, { size: 63 }, { accessible: 40 }];
    for (const change of others) expect(ofSlot(0, [open, hint(change)])).toEqual(NONE);
    expect(ofSlot(0, [{ ...open, flags: 0 }, hint({})])).toEqual(NONE);
  });

  test("are shared by duplicates, and new with a new open", () => {
    expect(ofSlot(1, [open, dup, hint({}), hint({}, 1)])).toEqual(NONE.with(2, [2, 2]));
    expect(ofSlot(1, [open, dup, hint({}), { op: "close", slot: 0 }])).toEqual(
      NONE.with(2, [1, 1]),
    );
    expect(ofSlot(0, [open, dup, hint({}), { op: "close", slot: 0 }, open])).toEqual(NONE);
    expect(ofSlot(1, [open, { ...open, slot: 1 }, hint({})])).toEqual(NONE);
  });

  test("don't exist in v1", () => {
    const { state } = runAll(start, [open, hint({})]);
    expect(state.slots[0]?.counters.every(({ calls }) => calls === 0)).toBe(true);
  });
});
