import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { hintAt, openDevice } from "../vectors/hint-at.ts";
import { ADVICE, type Call, FILE_OP } from "./calls.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { createMachine } from "./params.ts";
import { initialState, type State } from "./state.ts";
import { step } from "./step.ts";

const START = initialState(createMachine(TWO_TIERS_HMAT, "v2"));
const MAPPED: Call = { op: "mmap", page: 8, npages: 4, kind: 0, prot: 3 };
const FORK: Call = { op: "fork" };
const EXIT: Call = { op: "exit" };
const HINT = hintAt(0, "demote", 8, 4);
const [EBADF, ENOMEM, EINVAL, ENOTTY, EOPNOTSUPP] = [-9, -12, -22, -25, -95];

function runAll(calls: readonly Call[]): { state: State; last: number; out: string } {
  let [state, last, out]: [State, number, Uint8Array] = [START, 0, new Uint8Array(0)];
  for (const call of calls) {
    const outcomes = step(state, call);
    ({ state, ret: last, out } = outcomes[0] ?? { state, ret: Number.NaN, out });
  }
  return { state, last, out: Buffer.from(out).toString("latin1") };
}

const answer = (...calls: readonly Call[]): number => runAll(calls).last;

describe("a child", () => {
  const advise = (advice: number): Call => ({ op: "madvise", page: 9, npages: 1, advice });

  test("uses the inherited file, and lacks what is not for children", () => {
    expect(answer(openDevice(0), MAPPED, FORK, HINT)).toBe(EOPNOTSUPP);
    expect(answer(openDevice(0), MAPPED, advise(ADVICE.dontFork), FORK, HINT)).toBe(ENOMEM);
    expect(answer(openDevice(0), MAPPED, advise(ADVICE.dontFork), FORK, EXIT, HINT)).toBe(
      EOPNOTSUPP,
    );
  });

  test("has nothing locked, and its parent still has", () => {
    const lock: Call = { op: "mlock", page: 8, npages: 1 };
    expect(answer(openDevice(0), MAPPED, lock, HINT)).toBe(EINVAL);
    expect(answer(openDevice(0), MAPPED, lock, FORK, HINT)).toBe(EOPNOTSUPP);
    expect(answer(openDevice(0), MAPPED, lock, FORK, HINT, EXIT, HINT)).toBe(EINVAL);
  });

  test("counts on the file that it shares, for which debugfs sums up once", () => {
    const { state } = runAll([openDevice(0), FORK, HINT, EXIT, HINT]);
    expect(state.slots[0]?.counters[2]).toMatchObject({ calls: 2, errors: 2 });
    expect(state.totals[2]).toMatchObject({ calls: 2, errors: 2 });
  });

  test("is what exit ends, and exec replaces", () => {
    expect(() => answer(EXIT)).toThrow(UnmodelledCallError);
    expect(() => answer({ op: "exec", bits: 64 })).toThrow(UnmodelledCallError);
    expect(() => answer(FORK, { op: "exec", bits: 16 })).toThrow(UnmodelledCallError);
  });
});

describe("exec", () => {
  const exec: Call = { op: "exec", bits: 32 };

  test("closes what says so, and keeps duplicates with their counters", () => {
    const dup: Call = { op: "fileop", slot: 0, which: FILE_OP.dup, target: 1 };
    expect(answer(openDevice(0), FORK, exec, HINT)).toBe(EBADF);
    const { state, last } = runAll([openDevice(0), dup, HINT, FORK, exec, { ...HINT, slot: 1 }]);
    expect(last).toBe(ENOMEM);
    expect(state.slots[1]?.counters[2]?.calls).toBe(2);
    expect(state.space).toEqual([]);
    const keep: Call = { op: "fileop", slot: 0, which: FILE_OP.clearCloexec, target: 0 };
    expect(answer(openDevice(0), keep, FORK, exec, HINT)).toBe(ENOMEM);
  });

  test("of 32 bits ends the address space below 4 GiB and cuts pointers", () => {
    const raw: Call = { ...HINT, flags: 2, pointer: 1n << 32n, payload: new Uint8Array(0) };
    expect(() => answer(openDevice(0), raw)).toThrow(UnmodelledCallError);
    expect(answer(FORK, exec, openDevice(0), raw)).toBe(-14);
  });
});

describe("a file of others", () => {
  test("doesn't know our commands, and can be closed and duplicated", () => {
    const other: Call = { op: "open-other", slot: 0, which: 0 };
    expect(answer(other, HINT)).toBe(ENOTTY);
    expect(answer(other, openDevice(0))).toBe(-16);
    expect(answer(other, { op: "close", slot: 0 }, HINT)).toBe(EBADF);
  });
});

describe("what the kernel shows", () => {
  const part = { page: 9, npages: 2 };

  test("of mappings is one line for neighbours that look alike", () => {
    const more: Call = { ...MAPPED, page: 12 };
    expect(runAll([MAPPED, more, { op: "maps" }]).out).toBe("8 8 rd wr\n");
    const marks: readonly Call[] = [
      { op: "mlock", ...part },
      { op: "madvise", ...part, advice: ADVICE.dontDump },
    ];
    expect(runAll([MAPPED, ...marks, { op: "maps" }]).out).toBe(
      "8 1 rd wr\n9 2 rd wr lo lf dd\n11 1 rd wr\n",
    );
  });

  test("of the events begins with the first question and names the step", () => {
    const { out } = runAll([openDevice(0), HINT, { op: "trace" }]);
    expect(out).toBe("");
    const lines = runAll([openDevice(0), { op: "trace" }, HINT, { op: "trace" }]).out.split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe("hbf_hint_reject: op=DEMOTE step=18 err=-12 user_tag=0x0");
  });

  test("of the sums is what came since the last question", () => {
    const ask: Call = { op: "totals" };
    const at = (calls: readonly Call[]): number => runAll(calls).out.charCodeAt(2 * 64);
    expect(at([openDevice(0), HINT, ask])).toBe(0);
    expect(at([ask, openDevice(0), HINT, HINT, { op: "close", slot: 0 }, ask])).toBe(2);
    expect(at([ask, openDevice(0), HINT, ask, ask])).toBe(0);
  });
});
