import { UFFD_MODE } from "../machine/address-space.ts";
import { ADVICE, type Call, PROT } from "../machine/calls.ts";
import type { Machine } from "../machine/params.ts";

/** A state that one page can be brought into. */
export interface PageCell {
  /** Kebab-case, unique. */
  readonly name: string;
  /** Number of an `MmapKind`. */
  readonly kind: number;
  /** In the order of `PHASES`; WRITE and READ with the node that their memory is from. */
  readonly steps: Readonly<Partial<Record<Phase, number>>>;
}

/** What is done to pages, in this order: runs of pages with the same value take one call. */
const PHASES = [
  "lock",
  "write",
  "read",
  "pin",
  "swap",
  "drop",
  "reread",
  "protect",
  "watch",
] as const;
type Phase = (typeof PHASES)[number];

const ANON = 0;
const SHARED = 1;
const PRIVATE_FILE = 2;
const RDWR = PROT.read | PROT.write;
/** The pattern that pages of cells hold. */
const SEED = 1;

/** Every state, for the nodes of a machine. */
export function pageCells({ nodes }: Machine): readonly PageCell[] {
  const nids = nodes.flatMap(({ hasMemory }, nid) => (hasMemory ? [nid] : []));
  const onEach = (name: string, kind: number, steps: PageCell["steps"]): readonly PageCell[] =>
    nids.map((nid) => cell(`${name}-${nid}`, kind, { ...steps, write: nid }));
  return [
    cell("absent", ANON, {}),
    cell("zero", ANON, { read: -1 }),
    cell("dropped", ANON, { write: -1, drop: 1 }),
    cell("swapped", ANON, { write: -1, swap: 1 }),
    ...onEach("anon", ANON, {}),
    ...onEach("locked", ANON, { lock: 1 }),
    ...onEach("pinned", ANON, { pin: 1 }),
    ...onEach("read-only", ANON, { protect: PROT.read }),
    ...onEach("shmem", SHARED, {}),
    ...onEach("unmapped-shmem", SHARED, { drop: 1 }),
    ...nids.map((nid) => cell(`file-${nid}`, PRIVATE_FILE, { read: nid })),
    ...onEach("copied-file", PRIVATE_FILE, {}),
  ];
}

/** Those that are rarely worth a product of their own. */
export function oddPageCells({ nodes }: Machine): readonly PageCell[] {
  const last = nodes.findLastIndex(({ hasMemory }) => hasMemory);
  return [
    cell("unreadable", ANON, { write: last, protect: PROT.none }),
    cell("locked-empty", ANON, { lock: 1 }),
    cell("shmem-absent", SHARED, {}),
    cell("shmem-watched", SHARED, { write: last, watch: UFFD_MODE.wp }),
    cell("anon-watched", ANON, { write: last, watch: UFFD_MODE.wp }),
    cell("shmem-pinned", SHARED, { write: last, pin: 1 }),
    cell("shmem-locked", SHARED, { lock: 1, write: last }),
    cell("swapped-in", ANON, { write: last, swap: 1, reread: last }),
    cell("read-back-shmem", SHARED, { write: last, drop: 1, reread: -1 }),
    cell("stack", 6, { write: last }),
    cell("memfd-read-only", 7, { read: last }),
    cell("secret", 8, { write: -1 }),
  ];
}

function cell(name: string, kind: number, steps: PageCell["steps"]): PageCell {
  return { name, kind, steps };
}

/** The calls that bring consecutive pages from `first` of the arena on into their states. */
export function layPages(first: number, cells: readonly (PageCell | null)[]): readonly Call[] {
  const maps = runs(cells, (one) => one.kind).map(({ at, npages, value }): Call => {
    const prot = value === 7 ? PROT.read : RDWR;
    return { op: "mmap", page: first + at, npages, kind: value, prot };
  });
  const steps = PHASES.flatMap((phase) =>
    runs(cells, (one) => one.steps[phase]).map(({ at, npages, value }) =>
      callOf(phase, { page: first + at, npages }, value),
    ),
  );
  return [...maps, ...steps];
}

function callOf(
  phase: Phase,
  range: { readonly page: number; readonly npages: number },
  value: number,
): Call {
  switch (phase) {
    case "lock":
      return { op: "mlock", ...range };
    case "write":
      return { op: "write", ...range, seed: SEED, nid: value };
    case "read":
    case "reread":
      return { op: "read", ...range, nid: value };
    case "pin":
      return { op: "pin", ...range };
    case "swap":
      return { op: "swap-out", ...range };
    case "drop":
      return { op: "madvise", ...range, advice: ADVICE.dontNeed };
    case "protect":
      return { op: "mprotect", ...range, prot: value };
    case "watch":
      return { op: "uffd-mode", ...range, mode: value };
  }
}

interface Run {
  readonly at: number;
  readonly npages: number;
  readonly value: number;
}

function runs(
  cells: readonly (PageCell | null)[],
  numberOf: (one: PageCell) => number | undefined,
): readonly Run[] {
  const found: Run[] = [];
  cells.forEach((one, at) => {
    const value = one === null ? undefined : numberOf(one);
    if (value === undefined) return;
    const last = found.at(-1);
    if (last !== undefined && last.at + last.npages === at && last.value === value) {
      found[found.length - 1] = { ...last, npages: last.npages + 1 };
    } else {
      found.push({ at, npages: 1, value });
    }
  });
  return found;
}
