import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NaiveModel } from "../tests/support/naive-model.ts";
import {
  type Call,
  createMachine,
  GENERATED_STAGES,
  generateVectors,
  initialState,
  step,
  type Topology,
  UnmodelledCallError,
} from "./index.ts";
import { ONE_NODE } from "./topology/one-node.ts";
import { TWO_TIERS_HMAT } from "./topology/two-tiers-hmat.ts";

/** The naive model has no pages, which decide over every valid hint from v3 on. */
const CASES = GENERATED_STAGES.filter((stage) => stage !== "v3").flatMap((stage) =>
  // Others differ in where memory comes from, which no vector sees.
  [TWO_TIERS_HMAT, ONE_NODE].map((topology) => ({ stage, topology, name: topology.name })),
);

describe.each(CASES)("in $stage on $name the naive model agrees", ({ stage, topology }) => {
  const naiveOf = ({ name }: Topology): NaiveModel =>
    new NaiveModel({ stage, memory: name === "one-node" ? [0] : [0, 1], top: [0] });

  test("with every generated vector", () => {
    const { vectors } = generateVectors({ stage, seed: 7, topology });
    const wrong = vectors.flatMap((vector) => {
      const naive = naiveOf(topology);
      // After a call with several outcomes the allowed answers are those of several states.
      let isCertain = true;
      return vector.calls.flatMap((call, index) => {
        const ret = naive.call(call);
        isCertain &&= call.op !== "pkey" && call.op !== "mlock-now";
        const allowed = (vector.expected[index] ?? []).map((outcome) => outcome.ret);
        const agrees =
          ret === null ? allowed.length > 1 : !isCertain || new Set(allowed).size === 1;
        return agrees &&
          (ret === null || allowed.includes(ret)) &&
          agreesOnCounts(naive, call, vector.expected[index] ?? []) &&
          agreesOnSize(naive, call, vector.expected[index] ?? []) &&
          (!isCertain || agreesOnAnswer(naive, call, vector.expected[index] ?? []))
          ? []
          : [`${vector.id} call ${index}: naive ${ret}, model ${allowed.join("|")}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  test("with random programs", () => {
    fc.assert(
      fc.property(fc.array(anyCall(), { maxLength: 20 }), (calls) => {
        const naive = naiveOf(topology);
        let state = initialState(createMachine(topology, stage));
        for (const call of calls) {
          const outcomes = outcomesOf(() => step(state, call));
          if (outcomes === null) continue;
          const ret = naive.call(call);
          const allowed = outcomes.map((outcome) => outcome.ret);
          if (ret === null) expect(allowed.length).toBeGreaterThan(1);
          else expect([...new Set(allowed)]).toEqual([ret]);
          expect(agreesOnCounts(naive, call, outcomes)).toBe(true);
          expect(agreesOnSize(naive, call, outcomes)).toBe(true);
          expect(agreesOnAnswer(naive, call, outcomes)).toBe(true);
          state = outcomes[0]?.state ?? state;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** Whether STATS, when it answers whole, says what the naive model counted. */
function agreesOnCounts(
  naive: NaiveModel,
  call: Call,
  outcomes: readonly { readonly ret: number; readonly out: Uint8Array }[],
): boolean {
  const [only] = outcomes;
  if (call.op !== "ioctl" || call.cmd !== 0xc108bb02) return true;
  if (only?.ret !== 0 || only.out.length < 264) return true;
  const view = new DataView(only.out.buffer, only.out.byteOffset);
  if (new DataView(call.payload.buffer, call.payload.byteOffset).getUint32(0, true) < 264) {
    return true;
  }
  return naive.counted(call.slot).every((count, op) => {
    const words = Array.from({ length: 8 }, (_, word) =>
      view.getBigUint64(8 + op * 64 + word * 8, true),
    );
    const [calls, errors, ...pages] = words.map(Number);
    return calls === count && errors === count && pages.every((pages) => pages === 0);
  });
}

/** Whether the `size` that CAPS or STATS leaves is that of the naive model. */
function agreesOnSize(
  naive: NaiveModel,
  call: Call,
  outcomes: readonly { readonly ret: number; readonly out: Uint8Array }[],
): boolean {
  const [only] = outcomes;
  const size = naive.sizeAnswered(call);
  if (only?.ret !== 0 || size === undefined) return true;
  return new DataView(only.out.buffer, only.out.byteOffset).getUint32(0, true) === size;
}

/** Whether the mappings and the sums that the kernel shows are those of the naive model. */
function agreesOnAnswer(
  naive: NaiveModel,
  call: Call,
  outcomes: readonly { readonly ret: number; readonly out: Uint8Array }[],
): boolean {
  const [only] = outcomes;
  if (only === undefined) return true;
  if (call.op === "maps") return Buffer.from(only.out).toString("latin1") === naive.maps();
  if (call.op !== "totals") return true;
  const view = new DataView(only.out.buffer, only.out.byteOffset);
  return naive.takeSum().every((hints, op) => {
    const words = [0, 1, 2, 3, 4, 5, 6, 7].map((word) =>
      Number(view.getBigUint64(op * 64 + word * 8, true)),
    );
    return words.join() === [hints, hints, 0, 0, 0, 0, 0, 0].join();
  });
}

function outcomesOf<Value>(run: () => Value): Value | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnmodelledCallError) return null;
    throw error;
  }
}

function anyCall(): fc.Arbitrary<Call> {
  const slot = fc.integer({ min: 0, max: 2 });
  const op = <Op extends Call["op"]>(name: Op): fc.Arbitrary<Op> => fc.constant(name);
  return fc.oneof(
    fc.record({
      op: op("open"),
      slot,
      flags: fc.integer({ min: 0, max: 2 }),
      uid: fc.constantFrom(0, 0, 0, 1000),
    }),
    fc.record({ op: op("open-other"), slot, which: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ op: op("close"), slot }),
    fc.record({ op: op("fileop"), slot, which: fc.integer({ min: 0, max: 7 }), target: slot }),
    fc.record({ op: fc.constantFrom("fork" as const, "exit" as const) }),
    fc.record({ op: op("exec"), bits: fc.constantFrom(32, 64) }),
    fc.record({ op: op("cpuset"), mask: fc.integer({ min: 1, max: 7 }) }),
    {
      weight: 2,
      arbitrary: fc.record({ op: fc.constantFrom("maps" as const, "totals" as const) }),
    },
    { weight: 4, arbitrary: mmapCall() },
    { weight: 10, arbitrary: memoryCall() },
    { weight: 8, arbitrary: ioctlCall(slot) },
  );
}

const PAGES = fc.integer({ min: 0, max: 8 });
const NPAGES = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(250, 300, 504) },
);
const PROTS = fc.oneof(fc.constant(3), fc.integer({ min: 0, max: 7 }));

function memoryCall(): fc.Arbitrary<Call> {
  const range = { page: PAGES, npages: NPAGES };
  const op = <Op extends Call["op"]>(name: Op): fc.Arbitrary<Op> => fc.constant(name);
  const bits = fc.integer({ min: 0, max: 8 });
  return fc.oneof(
    fc.record({ op: fc.constantFrom("mprotect" as const), ...range, prot: PROTS }),
    fc.record({
      op: fc.constantFrom("munmap", "mlock", "mlock-now", "munlock", "uffd", "brk"),
      ...range,
    }),
    fc.record({ op: op("touch"), ...range }),
    fc.record({ op: op("uffd-mode"), ...range, mode: bits }),
    fc.record({ op: op("pkey"), ...range, prot: PROTS, rights: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ op: op("madvise"), ...range, advice: fc.integer({ min: 0, max: 25 }) }),
    fc.record({
      op: op("mremap"),
      ...range,
      toPage: fc.integer({ min: 0, max: 20 }),
      toPages: fc.integer({ min: 1, max: 6 }),
      flags: fc.oneof(fc.constant(3), bits),
    }),
  );
}

function mmapCall(): fc.Arbitrary<Call> {
  const op = fc.constant("mmap" as const);
  const kind = fc.integer({ min: 0, max: 8 });
  const place = { page: fc.constant(0), npages: fc.constant(512), kind: fc.constant(5) };
  // Far from the others: what grows down has room, and the gap below it can be seen.
  const high = fc.integer({ min: 240, max: 290 });
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ op, page: PAGES, npages: NPAGES, kind, prot: PROTS }) },
    { weight: 1, arbitrary: fc.record({ op, ...place, prot: PROTS }) },
    {
      weight: 2,
      arbitrary: fc.record({ op, page: high, npages: NPAGES, kind: fc.constant(6), prot: PROTS }),
    },
  );
}

function ioctlCall(slot: fc.Arbitrary<number>): fc.Arbitrary<Call> {
  const mostly = <Value>(usual: Value, rare: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });
  const offset = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const inArena = fc.integer({ min: -2, max: 12 }).map((page) => BigInt(0x40000 + page) * 4096n);
  return fc
    .record({
      cmd: fc.constantFrom(0xc040bb01, 0xc040bb01, 0xc040bb01, 0xc028bb00, 0xc108bb02, 0xbb01),
      size: mostly(64, fc.oneof(offset(280), offset(2 ** 32 - 1), fc.constantFrom(264, 4096))),
      op: mostly(2, offset(6)),
      op2: offset(4),
      flags: mostly(0n, u64),
      start: fc.oneof({ weight: 8, arbitrary: inArena }, { weight: 1, arbitrary: u64 }),
      len: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }).map((n) => BigInt(n) * 4096n) },
        { weight: 1, arbitrary: u64 },
      ),
      nid: mostly(-1, fc.oneof(offset(4), fc.integer({ min: -3, max: 70 }))),
      pad0: mostly(0, offset(3)),
      byte: mostly(40, offset(139)),
      value: mostly(0, offset(255)),
      accessible: mostly(0xffffffff, offset(140)),
      readOnly: mostly(0, fc.constantFrom(1, 4)),
      slot,
    })
    .map((given): Call => {
      const payload = new Uint8Array(280);
      const view = new DataView(payload.buffer);
      view.setUint32(0, given.size, true);
      view.setUint32(4, given.op === 2 ? given.op2 : given.op, true);
      view.setBigUint64(8, given.flags, true);
      view.setBigUint64(16, given.start, true);
      view.setBigUint64(24, given.len, true);
      view.setInt32(32, given.nid, true);
      view.setUint32(36, given.pad0, true);
      payload[given.byte] = given.value;
      const { slot: at, cmd, accessible, readOnly } = given;
      return { op: "ioctl", slot: at, cmd, accessible, flags: readOnly, pointer: 0n, payload };
    });
}
