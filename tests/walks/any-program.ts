import fc from "fast-check";
import {
  type Call,
  encodeStruct,
  HBF_HINT,
  HBF_IOC_HINT,
  HINT_OP,
  ioctlNumber,
} from "../../kernel-model/index.ts";

const MAX_CALLS = 24;
const PAGES = 10;
const ARENA_PAGE = 0x40000;
const ALL = 0xffffffff;

/** Programs of files, mappings, cpusets and hints that meet each other in a few pages. */
export function anyProgram(): fc.Arbitrary<readonly Call[]> {
  return fc.array(anyCall(), { minLength: 1, maxLength: MAX_CALLS, size: "max" });
}

function anyCall(): fc.Arbitrary<Call> {
  const slot = fc.nat({ max: 2 });
  const range = { page: fc.nat({ max: PAGES - 1 }), npages: fc.integer({ min: 1, max: PAGES }) };
  const prot = fc.constantFrom(3, 0, 1, 2);
  const kind = fc.constantFrom(0, 1, 2, 3, 4, 6, 7);
  const named = <Op extends string>(op: Op): fc.Arbitrary<Op> => fc.constant(op);
  return fc.oneof(
    { weight: 4, arbitrary: hintCall(slot) },
    { weight: 4, arbitrary: fc.record({ op: named("mmap"), ...range, kind, prot }) },
    {
      weight: 2,
      arbitrary: fc.record({
        op: named("open"),
        slot,
        flags: fc.constantFrom(2, 1, 0),
        uid: fc.constant(0),
      }),
    },
    fc.record({ op: named("close"), slot }),
    fc.record({ op: named("munmap"), ...range }),
    fc.record({ op: named("mlock"), ...range }),
    fc.record({ op: named("munlock"), ...range }),
    fc.record({ op: named("touch"), ...range }),
    fc.record({ op: named("mprotect"), ...range, prot }),
    fc.record({ op: named("cpuset"), mask: fc.integer({ min: 1, max: 3 }) }),
  );
}

function hintCall(slot: fc.Arbitrary<number>): fc.Arbitrary<Call> {
  const cmd = ioctlNumber(HBF_IOC_HINT);
  return fc
    .record({
      slot,
      op: fc.constantFrom(...Object.values(HINT_OP)),
      page: fc.nat({ max: PAGES - 1 }),
      npages: fc.integer({ min: 1, max: PAGES }),
      targetNid: fc.constantFrom(-1, 0, 1, 2),
    })
    .map(({ slot: at, op, page, npages, targetNid }): Call => {
      const payload = encodeStruct(HBF_HINT, {
        ...{ size: 64, op, start: BigInt((ARENA_PAGE + page) * 4096) },
        ...{ len: BigInt(npages * 4096), target_nid: targetNid },
      }).slice(0, 64);
      return { op: "ioctl", slot: at, cmd, accessible: ALL, flags: 0, pointer: 0n, payload };
    });
}
