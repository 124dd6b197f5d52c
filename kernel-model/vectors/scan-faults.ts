import { PROT } from "../machine/calls.ts";
import { ARENA_PAGES } from "../machine/params.ts";
import type { Cell } from "./cells.ts";
import type { Fault } from "./faults.ts";
import { arenaAddress, type HintSpec } from "./hint-spec.ts";

/** TASK_SIZE in bytes. */
const TASK_SIZE = (1n << 47n) - 4096n;
const HUGETLB = 5;
const DEVMEM = 4;

/** The ways to violate the rows of the VMA scan: at the first, a middle and the last page. */
export const SCAN_FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "range-hole": positions(() => null),
  "range-beyond-task-size": [
    { id: "at", apply: (spec) => ({ ...spec, start: TASK_SIZE | (spec.start & 0xfffn) }) },
    { id: "half", apply: (spec) => ({ ...spec, start: (1n << 63n) | (spec.start & 0xfffn) }) },
    { id: "reach", apply: (spec) => ({ ...spec, len: (1n << 47n) | (spec.len & 0xfffn) }) },
  ],
  "vma-not-migratable": positions((cell) => cell && { ...cell, kind: DEVMEM }),
  "vma-hugetlb": [{ id: "whole", apply: insideHugePage }],
  "vma-locked": positions((cell) => cell && { ...cell, locked: true }),
  "vma-unreadable": [
    ...positions((cell) => cell && { ...cell, prot: PROT.none }),
    { id: "write-only", apply: (spec) => at(spec, 0, (c) => c && { ...c, prot: PROT.write }) },
    { id: "exec-only", apply: (spec) => at(spec, 0, (c) => c && { ...c, prot: PROT.exec }) },
  ],
  "vma-uffd-missing": positions((cell) => cell && { ...cell, uffdMissing: true }),
};

type CellChange = (cell: Cell | null) => Cell | null;

function positions(changeCell: CellChange): readonly Fault[] {
  return [
    { id: "first", apply: (spec) => at(spec, 0, changeCell) },
    { id: "middle", apply: (spec) => at(spec, 1, changeCell) },
    { id: "last", apply: (spec) => at(spec, spec.cells.length - 1, changeCell) },
  ];
}

function at(spec: HintSpec, index: number, changeCell: CellChange): HintSpec | null {
  const cell = spec.cells[index];
  if (cell === undefined) return null;
  return { ...spec, cells: spec.cells.with(index, changeCell(cell)) };
}

/** The arena is one huge page: the range becomes its last pages, so that a hole can follow. */
function insideHugePage(spec: HintSpec): HintSpec | null {
  const [first] = spec.cells;
  if (first === undefined || first === null) return null;
  const shape: Cell = { ...first, kind: HUGETLB, locked: false };
  const moved = spec.start & ~0xfffn;
  const start = moved === arenaAddress(spec.firstPage) ? arenaAddress(ARENA_PAGES - 4) : moved;
  return {
    ...spec,
    firstPage: 0,
    cells: Array.from({ length: ARENA_PAGES }, () => shape),
    start: start | (spec.start & 0xfffn),
  };
}
