import { ADVICE, type Call, PROT } from "../../machine/calls.ts";
import { ARENA_PAGES, type Machine } from "../../machine/params.ts";
import type { VectorClass } from "../class.ts";
import { openDevice } from "../hint-at.ts";
import { askPages, pageHint, wishesOf } from "../page-hint.ts";
import type { VectorDraft } from "../vector.ts";

const WHOLE = { page: 0, npages: ARENA_PAGES };
const HALF = ARENA_PAGES / 2;

/** Parts of a huge page: first page and number of pages. */
const PARTS: readonly (readonly [page: number, npages: number])[] = [
  [0, ARENA_PAGES],
  [0, 1],
  [HALF, 1],
  [0, HALF],
  [100, 33],
  [1, ARENA_PAGES - 1],
];

/** What may have become of a huge page before the hint. */
const CHANGES: readonly (readonly [name: string, calls: readonly Call[]])[] = [
  ["whole", []],
  ["without-first", [{ op: "munmap", page: 0, npages: 1 }]],
  ["without-middle", [{ op: "munmap", page: HALF, npages: 4 }]],
  ["dropped-first", [drop(0, 1)]],
  ["dropped-middle", [drop(HALF, 8)]],
  ["dropped-half", [drop(HALF, HALF)]],
  ["all-but-one-dropped", [drop(1, ARENA_PAGES - 1)]],
  ["read-only-part", [{ op: "mprotect", page: 100, npages: 16, prot: PROT.read }]],
  ["locked", [{ op: "mlock", ...WHOLE }]],
  ["locked-part", [{ op: "mlock", page: 100, npages: 16 }]],
  ["pinned-page", [{ op: "pin", page: 7, npages: 1 }]],
  ["pinned-and-cut", [{ op: "pin", page: 7, npages: 1 }, drop(HALF, 8)]],
  ["cooled", [cool(0, ARENA_PAGES)]],
  ["split-by-cold", [cool(0, 1)]],
  ["split-while-pinned", [{ op: "pin", page: 7, npages: 1 }, cool(0, 1), { op: "unpin" }]],
  ["released-part", [pageHint({ op: "release", targetNid: -1 }, 100, 16)]],
  ["moved-by-a-page", [pageHint({ op: "demote", targetNid: -1 }, 9, 1)]],
];

/** A huge page, whole or partly mapped, under hints that cover all of it or a part. */
export const HUGE: VectorClass = {
  name: "huge",
  title: "transparent huge pages: covered whole or in part, mapped whole or in part, split, pinned",
  since: "v3",
  generate: ({ machine }) => [...written(machine), ...read(machine)],
};

function written(machine: Machine): readonly VectorDraft[] {
  const nids = machine.nodes.flatMap(({ hasMemory }, nid) => (hasMemory ? [nid] : []));
  return nids.flatMap((nid) =>
    CHANGES.flatMap(([name, change]) =>
      wishesOf(machine).flatMap((wish) =>
        PARTS.map(([page, npages]): VectorDraft => {
          const calls = [
            ...hugeMapping(),
            // Patterns where parts begin and end: one page brings the others in.
            ...[0, 6, 98, HALF - 1, ARENA_PAGES - 2].map((at): Call => {
              return { op: "write", page: at, npages: 2, seed: 2, nid };
            }),
            ...change,
            pageHint(wish, page, npages),
            ...asked(),
          ];
          const id = `huge-${name}-${nid}-${wish.name}-${page}-${npages}`;
          return { id, title: id.replaceAll("-", " "), calls };
        }),
      ),
    ),
  );
}

/** The huge zero page, which a read brings in whole. */
function read(machine: Machine): readonly VectorDraft[] {
  return wishesOf(machine).flatMap((wish) =>
    PARTS.flatMap(([page, npages]) =>
      [false, true].map((isWritten): VectorDraft => {
        const touch: readonly Call[] = isWritten ? [{ op: "touch", page: 5, npages: 1 }] : [];
        const zero: Call = { op: "read", page: HALF, npages: 1, nid: -1 };
        const hint = pageHint(wish, page, npages);
        const id = `huge-zero${isWritten ? "-written" : ""}-${wish.name}-${page}-${npages}`;
        const calls = [...hugeMapping(), zero, ...touch, hint, ...asked()];
        return { id, title: id.replaceAll("-", " "), calls };
      }),
    ),
  );
}

function hugeMapping(): readonly Call[] {
  return [
    openDevice(0),
    { op: "mmap", ...WHOLE, kind: 0, prot: PROT.read | PROT.write },
    { op: "madvise", ...WHOLE, advice: ADVICE.hugePage },
  ];
}

/** Where all pages are, and what those hold that a change or a hint begins or ends at. */
function asked(): readonly Call[] {
  const [where] = askPages(0, ARENA_PAGES);
  const reads = [0, 6, 98, HALF - 1, ARENA_PAGES - 2].map((page): Call => {
    return { op: "read", page, npages: 2, nid: -1 };
  });
  return where === undefined ? reads : [where, ...reads];
}

function drop(page: number, npages: number): Call {
  return { op: "madvise", page, npages, advice: ADVICE.dontNeed };
}

function cool(page: number, npages: number): Call {
  return { op: "madvise", page, npages, advice: ADVICE.cold };
}
