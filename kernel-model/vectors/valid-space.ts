import { HINT_OP, type HintOpName, NID_AUTO } from "../abi/hint-ops.ts";
import { OPEN_MODE, PROT } from "../machine/calls.ts";
import { MMAP_KINDS } from "../machine/mmap-kinds.ts";
import { ARENA_PAGES, type Machine } from "../machine/params.ts";
import { type Cell, PLAIN_CELL } from "./cells.ts";
import type { Row } from "./covering.ts";
import { arenaAddress, type HintSpec, validSpec } from "./hint-spec.ts";

/** The members of a hint that may have several values without being wrong, and these values. */
export interface ValidSpace {
  readonly op: HintOpName;
  /** Numbers of levels, for arrays and products. */
  readonly levels: readonly number[];
  /** The hint that a row stands for. */
  readonly specOf: (row: Row) => HintSpec;
}

const PAGES = 3;
const SIZES = [64, 72, 128, 4096];

/**
 * The hints for `op` that pass every check: nodes, access modes, sizes, cpusets, places and three
 * pages of every kind that the op allows.
 */
export function validSpace(op: HintOpName, machine: Machine): ValidSpace {
  const targets = targetsOf(op, machine);
  const modes = [OPEN_MODE.rdwr, OPEN_MODE.wronly];
  const cells = cellsOf(op);
  const places = [8, 0, ARENA_PAGES - PAGES];
  const allowed = [null, machine.memoryNodes];
  const factors = [targets, modes, SIZES, allowed, places, cells, cells, cells];
  const specOf = (row: Row): HintSpec => {
    const at = <Value>(values: readonly Value[], factor: number): Value => {
      const value = values[row[factor] ?? 0];
      if (value === undefined) throw new RangeError(`no level ${row[factor]}`);
      return value;
    };
    const firstPage = at(places, 4);
    return {
      ...validSpec(op),
      targetNid: at(targets, 0),
      mode: at(modes, 1),
      size: at(SIZES, 2),
      mems: at(allowed, 3),
      firstPage,
      cells: [at(cells, 5), at(cells, 6), at(cells, 7)],
      start: arenaAddress(firstPage),
      len: BigInt(PAGES * 4096),
    };
  };
  return { op, levels: factors.map(({ length }) => length), specOf };
}

function targetsOf(op: HintOpName, { nodes }: Machine): readonly number[] {
  if (op === "release") return [NID_AUTO];
  const wantsTop = HINT_OP[op] !== HINT_OP.demote;
  const fitting = nodes.flatMap((node, nid) =>
    node.hasMemory && node.topTier === wantsTop ? [nid] : [],
  );
  return [NID_AUTO, ...fitting];
}

function cellsOf(op: HintOpName): readonly Cell[] {
  const kinds = MMAP_KINDS.filter(({ hugetlb, pfnmap }) => !hugetlb && !pfnmap).slice(0, 6);
  const usual = kinds.map(({ nr, mayWrite }): Cell => {
    const prot = mayWrite ? PROT.read | PROT.write : PROT.read;
    return { ...PLAIN_CELL, kind: nr, prot };
  });
  const readOnly = { ...PLAIN_CELL, prot: PROT.read };
  const own: readonly Cell[] = {
    prefetch: [{ ...PLAIN_CELL, locked: true }],
    promote: [
      { ...PLAIN_CELL, locked: true },
      { ...PLAIN_CELL, prot: PROT.none },
    ],
    demote: [{ ...PLAIN_CELL, prot: PROT.none }],
    release: [
      { ...PLAIN_CELL, uffdMissing: true },
      { ...PLAIN_CELL, prot: PROT.write },
    ],
  }[op];
  return [...usual, readOnly, ...own];
}
