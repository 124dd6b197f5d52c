import { PROT } from "../machine/calls.ts";
import { ARENA_PAGES } from "../machine/params.ts";
import type { Cell } from "./cells.ts";
import type { Fault } from "./faults.ts";
import { arenaAddress, type HintSpec } from "./hint-spec.ts";

/** TASK_SIZE in bytes. */
const TASK_SIZE = (1n << 47n) - 4096n;
const HALF = 1n << 63n;
const PAGE = 4096n;
const HUGETLB = 5;
const ANON_SHARED = 1;
const SECRETMEM = 8;
const DEVMEM = 4;

/** The ways to violate the rows of the VMA scan: at the first, a middle and the last page. */
export const SCAN_FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "range-hole": [
    ...positions(() => null),
    {
      id: "before",
      apply: (spec) => ({ ...spec, start: spec.start - PAGE, len: spec.len + PAGE }),
    },
    { id: "after", apply: (spec) => ({ ...spec, len: spec.len + PAGE }) },
  ],
  "range-beyond-task-size": [
    { id: "at", apply: (spec) => ({ ...spec, start: TASK_SIZE | (spec.start & 0xfffn) }) },
    { id: "half", apply: (spec) => ({ ...spec, start: HALF | (spec.start & 0xfffn) }) },
    { id: "reach", apply: (spec) => ({ ...spec, len: (1n << 47n) | (spec.len & 0xfffn) }) },
    { id: "reach-half", apply: (spec) => ({ ...spec, len: HALF | (spec.len & 0xfffn) }) },
  ],
  "vma-not-migratable": positions((cell) => cell && { ...cell, kind: DEVMEM }),
  "vma-hugetlb": [
    { id: "front", apply: (spec) => insideHugePage(spec, 0) },
    { id: "back", apply: (spec) => insideHugePage(spec, ARENA_PAGES - 4) },
  ],
  "vma-locked": positions((cell) => cell && cell.kind !== HUGETLB && { ...cell, locked: true }),
  "vma-unreadable": [
    ...positions((cell) => cell && { ...cell, prot: PROT.none }),
    { id: "write-only", apply: (spec) => at(spec, 0, (c) => c && { ...c, prot: PROT.write }) },
    {
      id: "exec-only",
      apply: (spec) => at(spec, 0, (c) => c && c.kind !== SECRETMEM && { ...c, prot: PROT.exec }),
    },
  ],
  "vma-secret": positions(
    (cell) => cell && (cell.prot & PROT.exec) === 0 && { ...cell, kind: SECRETMEM },
  ),
  "vma-key-denies": positions((cell) => cell && { ...cell, keyDenies: true }),
  "vma-uffd-minor": positions((cell) => cell && { ...cell, kind: ANON_SHARED, uffdMinor: true }),
  "vma-uffd-missing": positions((cell) => cell && { ...cell, uffdMissing: true }),
};

/** False: the change makes no sense for this cell. */
type CellChange = (cell: Cell | null) => Cell | null | false;

function positions(changeCell: CellChange): readonly Fault[] {
  return [
    { id: "first", apply: (spec) => at(spec, 0, changeCell) },
    { id: "middle", apply: (spec) => at(spec, 1, changeCell) },
    { id: "last", apply: (spec) => at(spec, spec.cells.length - 1, changeCell) },
  ];
}

function at(spec: HintSpec, index: number, changeCell: CellChange): HintSpec | null {
  const cell = spec.cells[index];
  const changed = cell === undefined ? false : changeCell(cell);
  return changed === false ? null : { ...spec, cells: spec.cells.with(index, changed) };
}

/** The arena is one huge page; `page` is where a range that began with the cells goes. */
function insideHugePage(spec: HintSpec, page: number): HintSpec | null {
  const [first] = spec.cells;
  if (first === undefined || first === null) return null;
  const shape: Cell = { ...first, kind: HUGETLB, locked: false };
  const shift = arenaAddress(page) - arenaAddress(spec.firstPage);
  const inCells = spec.start >> 21n === arenaAddress(0) >> 21n;
  return {
    ...spec,
    firstPage: 0,
    cells: Array.from({ length: ARENA_PAGES }, () => shape),
    start: inCells ? spec.start + shift : spec.start,
  };
}
