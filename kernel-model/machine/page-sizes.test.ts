import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { hintOf, openDevice } from "../vectors/hint-at.ts";
import { type HintSpec, validSpec } from "../vectors/hint-spec.ts";
import type { Call } from "./calls.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { createMachine } from "./params.ts";
import { PAGE_SIZES, type PageSize, PLATFORMS } from "./platform.ts";
import { initialState, type State } from "./state.ts";
import { step } from "./step.ts";

const ARENA = 0x4000_0000n;
const MAPPED: Call = { op: "mmap", page: 8, npages: 4, kind: 0, prot: 3 };
const [EINVAL, E2BIG, ENOMEM, EOPNOTSUPP, EFAULT] = [-22, -7, -12, -95, -14];

function stateAfter(pageSize: PageSize, calls: readonly Call[]): State {
  const platform = PLATFORMS.find((one) => one.pageSize === pageSize);
  let state = initialState(createMachine(TWO_TIERS_HMAT, "v2", platform));
  for (const call of calls) state = step(state, call)[0]?.state ?? state;
  return state;
}

function answers(pageSize: PageSize, spec: Partial<HintSpec>): readonly number[] {
  const page = BigInt(pageSize);
  const valid = { ...validSpec("demote"), start: ARENA + 8n * page, len: 4n * page };
  const state = stateAfter(pageSize, [openDevice(0), MAPPED]);
  return [...new Set(step(state, hintOf(0, { ...valid, ...spec })).map(({ ret }) => ret))];
}

describe.each(PAGE_SIZES)("with pages of %d bytes", (pageSize) => {
  const page = BigInt(pageSize);

  test("a page is the most that size may be", () => {
    expect(answers(pageSize, { size: pageSize })).toEqual([EOPNOTSUPP]);
    expect(answers(pageSize, { size: pageSize + 1 })).toEqual([E2BIG]);
  });

  test("start and len are whole pages", () => {
    expect(answers(pageSize, {})).toEqual([EOPNOTSUPP]);
    for (const off of [1n, 4096n, page - 1n, page / 2n].filter((bytes) => bytes % page !== 0n)) {
      expect(answers(pageSize, { start: ARENA + 8n * page + off }), `${off}`).toEqual([EINVAL]);
      expect(answers(pageSize, { len: 4n * page + off }), `${off}`).toEqual([EINVAL]);
    }
  });

  test("the range ends where it is said to, and wraps at 2^64", () => {
    expect(answers(pageSize, { len: 5n * page })).toEqual([ENOMEM]);
    expect(answers(pageSize, { start: ARENA + 7n * page })).toEqual([ENOMEM]);
    const last = (1n << 64n) - page;
    expect(answers(pageSize, { start: last, len: page })).toEqual([EINVAL]);
    expect(answers(pageSize, { start: last - page, len: page })).toEqual([ENOMEM]);
    expect(answers(pageSize, { start: last - page, len: 2n * page })).toEqual([EINVAL]);
  });

  test("TASK_SIZE is that of the architecture", () => {
    const taskSize = pageSize === 4096 ? (1n << 47n) - page : 1n << 48n;
    expect(answers(pageSize, { start: taskSize, len: page })).toEqual([ENOMEM]);
    expect(answers(pageSize, { start: taskSize - page, len: page }).length).toBeGreaterThan(1);
  });

  test("a huge page is larger than the arena, or as large", () => {
    const hugetlb: Call = { op: "mmap", page: 0, npages: 512, kind: 5, prot: 3 };
    const map = (): unknown => step(stateAfter(pageSize, []), hugetlb);
    if (pageSize === 4096) expect(map()).toMatchObject([{ ret: 0 }]);
    else expect(map).toThrow(UnmodelledCallError);
  });

  test("a stack grows to 8 MiB, which the arena has with the largest pages alone", () => {
    const stack: Call = { op: "mmap", page: 300, npages: 6, kind: 6, prot: 3 };
    const touch = (at: number): number | undefined => {
      const call: Call = { op: "touch", page: at, npages: 1 };
      return step(stateAfter(pageSize, [stack]), call)[0]?.ret;
    };
    expect(touch(306 - 128)).toBe(0);
    expect(touch(306 - 129)).toBe(pageSize === 65536 ? EFAULT : 0);
  });

  test("caps takes a page at most, too", () => {
    const caps = (size: number): number | undefined => {
      const payload = new Uint8Array(64);
      new DataView(payload.buffer).setUint32(0, size, true);
      const ioctl = { op: "ioctl", slot: 0, cmd: 0xc028bb00, accessible: 0xffffffff } as const;
      const call: Call = { ...ioctl, flags: 0, pointer: 0n, payload };
      return step(stateAfter(pageSize, [openDevice(0)]), call)[0]?.ret;
    };
    expect([caps(pageSize), caps(pageSize + 1)]).toEqual([0, E2BIG]);
  });
});

test("what is said in pages has one answer, however large they are", () => {
  const range = { page: fc.nat({ max: 10 }), npages: fc.integer({ min: 1, max: 6 }) };
  const kind = fc.constantFrom(0, 1, 2, 3, 4, 6, 7, 8);
  const op = fc.constantFrom("munmap", "mlock", "mlock-now", "munlock", "uffd", "brk", "touch");
  const change: fc.Arbitrary<Call> = fc.oneof(
    fc.record({ op: fc.constant("mmap" as const), ...range, kind, prot: fc.nat({ max: 7 }) }),
    fc.record({ op, ...range }),
    fc.record({ op: fc.constant("madvise" as const), ...range, advice: fc.nat({ max: 25 }) }),
  );
  const hint = fc.record({ op: fc.constantFrom("prefetch", "demote", "release"), ...range });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), hint, (changes, asked) => {
      const seen = PAGE_SIZES.map((pageSize) => runScaled(pageSize, changes, asked));
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
    }),
    { numRuns: 300 },
  );
});

/** Every answer to the calls that the model knows, and to the hint. */
function runScaled(
  pageSize: PageSize,
  changes: readonly Call[],
  { op, page, npages }: { op: "prefetch" | "demote" | "release"; page: number; npages: number },
): readonly (readonly number[])[] {
  let state = stateAfter(pageSize, [openDevice(0)]);
  const [start, len] = [ARENA + BigInt(page * pageSize), BigInt(npages * pageSize)];
  const last = hintOf(0, { ...validSpec(op), start, len });
  return [...changes, last].map((call) => {
    try {
      const outcomes = step(state, call);
      state = outcomes[0]?.state ?? state;
      return outcomes.map(({ ret }) => ret);
    } catch (error) {
      if (error instanceof UnmodelledCallError) return [];
      throw error;
    }
  });
}
