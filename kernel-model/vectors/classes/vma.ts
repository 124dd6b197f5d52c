import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { PROT } from "../../machine/calls.ts";
import { MMAP_KINDS, type MmapKind } from "../../machine/mmap-kinds.ts";
import { type Cell, PLAIN_CELL } from "../cells.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const { none, read, write, exec } = PROT;
const DATA_PROTS = [none, read, write, read | write];
const CODE_PROTS = [exec, read | exec, read | write | exec];
const POSITIONS = ["first", "middle", "last", "only"] as const;

/** Every kind of mapping, protection and mark, at each place of the range, under each op. */
export const VMA: VectorClass = {
  name: "vma",
  title: "every class of VMA at the first, a middle and the last page of the range",
  generate: () =>
    MMAP_KINDS.filter(({ hugetlb }) => !hugetlb).flatMap((kind) =>
      cellsOf(kind).flatMap((cell) => POSITIONS.flatMap((place) => drafts(kind, cell, place))),
    ),
};

function cellsOf(kind: MmapKind): readonly Cell[] {
  const anonymous = kind.name.startsWith("anon");
  const prots = anonymous ? [...DATA_PROTS, ...CODE_PROTS] : DATA_PROTS;
  const uffd = kind.mayWrite && !kind.pfnmap ? [false, true] : [false];
  return prots
    .filter((prot) => kind.mayWrite || (prot & write) === 0)
    .flatMap((prot) =>
      [false, true].flatMap((locked) =>
        uffd.map((uffdMissing) => ({ kind: kind.nr, prot, locked, uffdMissing })),
      ),
    );
}

function drafts(
  kind: MmapKind,
  cell: Cell,
  place: (typeof POSITIONS)[number],
): readonly VectorDraft[] {
  const cells: readonly Cell[] = {
    first: [cell, PLAIN_CELL, PLAIN_CELL],
    middle: [PLAIN_CELL, cell, PLAIN_CELL],
    last: [PLAIN_CELL, PLAIN_CELL, cell],
    only: [cell],
  }[place];
  const marks = `${cell.locked ? "-locked" : ""}${cell.uffdMissing ? "-uffd" : ""}`;
  const name = `${kind.name}-prot-${cell.prot}${marks}-${place}`;
  return HINT_OP_NAMES.map((op) => ({
    id: `vma-${name}-${op}`,
    title: `${op}: ${name.replaceAll("-", " ")}`,
    calls: specCalls({ ...validSpec(op), cells, len: BigInt(cells.length * 4096) }),
  }));
}
