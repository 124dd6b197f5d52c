import { type Call, PROT } from "../machine/calls.ts";

/** What one page of a hint's range is backed by; null is a hole. */
export interface Cell {
  /** Number of an `MmapKind`. */
  readonly kind: number;
  readonly prot: number;
  readonly locked: boolean;
  readonly uffdMissing: boolean;
}

/** Readable and writable private anonymous memory: nothing objects to it. */
export const PLAIN_CELL: Cell = {
  kind: 0,
  prot: PROT.read | PROT.write,
  locked: false,
  uffdMissing: false,
};

/** The calls that back consecutive pages from `firstPage` of the arena on: runs become one call. */
export function layCells(firstPage: number, cells: readonly (Cell | null)[]): readonly Call[] {
  return [
    ...runs(cells, (a, b) => a.kind === b.kind && a.prot === b.prot).map(
      ({ index, npages, cell }): Call => ({
        op: "mmap",
        page: firstPage + index,
        npages,
        kind: cell.kind,
        prot: cell.prot,
      }),
    ),
    ...marks(firstPage, cells, "mlock", (cell) => cell.locked),
    ...marks(firstPage, cells, "uffd", (cell) => cell.uffdMissing),
  ];
}

interface Run {
  readonly index: number;
  readonly npages: number;
  readonly cell: Cell;
}

function runs(
  cells: readonly (Cell | null)[],
  belongs: (a: Cell, b: Cell) => boolean,
): readonly Run[] {
  const found: Run[] = [];
  cells.forEach((cell, index) => {
    if (cell === null) return;
    const last = found.at(-1);
    if (last !== undefined && last.index + last.npages === index && belongs(last.cell, cell)) {
      found[found.length - 1] = { ...last, npages: last.npages + 1 };
    } else {
      found.push({ index, npages: 1, cell });
    }
  });
  return found;
}

function marks(
  firstPage: number,
  cells: readonly (Cell | null)[],
  op: "mlock" | "uffd",
  isMarked: (cell: Cell) => boolean,
): readonly Call[] {
  if (!cells.some((cell) => cell !== null && isMarked(cell))) return [];
  const marked = cells.map((cell) => (cell !== null && isMarked(cell) ? cell : null));
  return runs(marked, () => true).map(
    ({ index, npages }): Call => ({ op, page: firstPage + index, npages }),
  );
}
