import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { type Call, PROT } from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import { arenaAddress, specCalls, validSpec } from "../hint-spec.ts";

const FIRST = 16;
const NPAGES = 8;
const whole: Call = mmap(FIRST, NPAGES);

/** Programs that make an address space of eight pages by more than mapping it. */
const LAYOUTS: Readonly<Record<string, readonly Call[]>> = {
  plain: [whole],
  "unmapped-middle": [whole, range("munmap", 3, 2)],
  "unmapped-first": [whole, range("munmap", 0, 1)],
  "unmapped-last": [whole, range("munmap", 7, 1)],
  "refilled-hole": [whole, range("munmap", 3, 2), mmap(FIRST + 3, 2)],
  "half-refilled-hole": [whole, range("munmap", 3, 2), mmap(FIRST + 3, 1)],
  "two-neighbours": [mmap(FIRST, 4), mmap(FIRST + 4, 4)],
  "eight-neighbours": Array.from({ length: NPAGES }, (_, page) => mmap(FIRST + page, 1)),
  "protected-middle": [whole, protect(3, 2, PROT.none)],
  "protected-and-back": [whole, protect(3, 2, PROT.none), protect(2, 4, PROT.read)],
  "made-readable": [mmap(FIRST, NPAGES, PROT.none), protect(2, 4, PROT.read)],
  "locked-middle": [whole, range("mlock", 3, 2)],
  "locked-and-back": [whole, range("mlock", 2, 4), range("munlock", 3, 2)],
  "locked-past-a-hole": [whole, range("munmap", 5, 1), range("mlock", 2, 5)],
  "protected-past-a-hole": [whole, range("munmap", 5, 1), protect(2, 5, PROT.none)],
  "lock-starts-in-hole": [whole, range("munmap", 2, 1), range("mlock", 2, 3)],
  "uffd-over-a-hole": [whole, range("munmap", 3, 1), range("uffd", 2, 3)],
  "unmapped-locked": [whole, range("mlock", 2, 4), range("munmap", 3, 2), mmap(FIRST + 3, 2)],
  touched: [whole, range("touch", 0, 8)],
  "touched-past-a-hole": [whole, range("munmap", 5, 1), range("touch", 2, 5)],
  "mapped-twice": [whole, mmap(FIRST + 7, 2)],
};

/** Windows of the eight pages and one on either side: every start, some lengths. */
const WINDOWS = [1, 2, 3, 5, 8].flatMap((length) =>
  Array.from({ length: NPAGES + 3 - length }, (_, start) => ({ start: start - 1, length })),
);

/** Holes, splits, protections and locks made by later calls, seen through moving windows. */
export const LAYOUT: VectorClass = {
  name: "layout",
  title: "address spaces made by munmap, mprotect, mlock, userfaultfd; windows over them",
  generate: () =>
    Object.entries(LAYOUTS).flatMap(([name, setUp]) =>
      WINDOWS.flatMap(({ start, length }, index) => {
        const op = HINT_OP_NAMES[index % HINT_OP_NAMES.length] ?? "prefetch";
        const [open, hint] = specCalls({
          ...validSpec(op),
          cells: [],
          start: arenaAddress(FIRST + start),
          len: BigInt(length * 4096),
        });
        if (open === undefined || hint === undefined) return [];
        return {
          id: `layout-${name}-${start}-${length}-${op}`,
          title: `${op}: pages ${start}..${start + length} of ${name.replaceAll("-", " ")}`,
          calls: [open, ...setUp, hint],
        };
      }),
    ),
};

function mmap(page: number, npages: number, prot = PROT.read | PROT.write): Call {
  return { op: "mmap", page, npages, kind: 0, prot };
}

function range(op: "munmap" | "mlock" | "munlock" | "uffd" | "touch", at: number, n: number): Call {
  return { op, page: FIRST + at, npages: n };
}

function protect(at: number, npages: number, prot: number): Call {
  return { op: "mprotect", page: FIRST + at, npages, prot };
}
