import { PKEY_DENIES } from "../machine/address-space.ts";
import { type Call, PROT } from "../machine/calls.ts";

/** What one page of a hint's range is backed by; null is a hole. */
export interface Cell {
  /** Number of an `MmapKind`. */
  readonly kind: number;
  readonly prot: number;
  readonly locked: boolean;
  readonly uffdMissing: boolean;
  /** Registered for minor faults; only what is backed by shmem can be. */
  readonly uffdMinor?: true;
  /** With a protection key that denies access. */
  readonly keyDenies?: true;
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
    ...marks(firstPage, cells, "uffd", (cell) => cell.uffdMissing && !cell.uffdMinor),
    ...[false, true].flatMap((missing) =>
      marked(cells, (cell) => cell.uffdMinor === true && cell.uffdMissing === missing).map(
        ({ index, npages }): Call => {
          const mode = missing ? 5 : 4;
          return { op: "uffd-mode", page: firstPage + index, npages, mode };
        },
      ),
    ),
    ...marked(cells, (cell) => cell.keyDenies === true, sameProt).map(
      ({ index, npages, cell: { prot } }): Call => {
        return { op: "pkey", page: firstPage + index, npages, prot, rights: PKEY_DENIES.access };
      },
    ),
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
  for (let index = 0; index < cells.length; ) {
    const cell = cells[index] ?? null;
    let npages = 1;
    while (cell !== null && continues(cell, cells[index + npages], belongs)) npages += 1;
    if (cell !== null) found.push({ index, npages, cell });
    index += npages;
  }
  return found;
}

function continues(
  cell: Cell,
  next: Cell | null | undefined,
  belongs: (a: Cell, b: Cell) => boolean,
): boolean {
  return next !== null && next !== undefined && belongs(cell, next);
}

function marks(
  firstPage: number,
  cells: readonly (Cell | null)[],
  op: "mlock" | "uffd",
  isMarked: (cell: Cell) => boolean,
): readonly Call[] {
  if (!cells.some((cell) => cell !== null && isMarked(cell))) return [];
  return marked(cells, isMarked).map(
    ({ index, npages }): Call => ({ op, page: firstPage + index, npages }),
  );
}

/** Runs of cells that have a mark. */
function marked(
  cells: readonly (Cell | null)[],
  isMarked: (cell: Cell) => boolean,
  belongs: (a: Cell, b: Cell) => boolean = () => true,
): readonly Run[] {
  return runs(
    cells.map((cell) => (cell !== null && isMarked(cell) ? cell : null)),
    belongs,
  );
}

function sameProt(a: Cell, b: Cell): boolean {
  return a.prot === b.prot;
}
