import type { MmapKind } from "./mmap-kinds.ts";

/** One mapping. Neighbours with equal flags are not merged: no check can tell. */
export interface Vma {
  /** First page number, absolute. */
  readonly start: number;
  /** Page number after the last, absolute. */
  readonly end: number;
  readonly kind: MmapKind;
  /** 1 read, 2 write, 4 execute: VM_READ, VM_WRITE, VM_EXEC. */
  readonly prot: number;
  /** VM_LOCKED. */
  readonly locked: boolean;
  /** VM_LOCKONFAULT; only with VM_LOCKED. */
  readonly lockOnFault: boolean;
  /** Modes of UFFDIO_REGISTER: `UFFD_MODE`. */
  readonly uffd: number;
  /** Flags that madvise sets and clears: `ADVICE_FLAG`. */
  readonly advice: number;
  /** What the protection key of the mapping denies the caller: `PKEY_DENIES`. */
  readonly denied: number;
  /** The file that it maps, by a number of its own; absent when there is none. */
  readonly file?: number;
  /** Page number at which the file's first page would be. */
  readonly origin?: number;
}

/** VM_UFFD_MISSING, VM_UFFD_WP and VM_UFFD_MINOR, as UFFDIO_REGISTER has them. */
export const UFFD_MODE = { missing: 1, wp: 2, minor: 4 } as const;

/** VM_DONTCOPY to VM_DONTDUMP, VM_HUGEPAGE, VM_NOHUGEPAGE, VM_RAND_READ and VM_SEQ_READ. */
export const ADVICE_FLAG = {
  dontCopy: 1,
  wipeOnFork: 2,
  dontDump: 4,
  huge: 8,
  noHuge: 16,
  random: 32,
  sequential: 64,
} as const;

/** PKEY_DISABLE_ACCESS and PKEY_DISABLE_WRITE. */
export const PKEY_DENIES = { access: 1, write: 2 } as const;

/** Whether nothing but their place tells two mappings apart: the kernel may have merged them. */
export function looksAlike(a: Vma, b: Vma): boolean {
  return (
    a.kind === b.kind &&
    a.prot === b.prot &&
    a.locked === b.locked &&
    a.lockOnFault === b.lockOnFault &&
    a.uffd === b.uffd &&
    a.advice === b.advice &&
    a.denied === b.denied
  );
}

/** The arena's mappings, ascending, disjoint. */
export type AddressSpace = readonly Vma[];

/** The mappings that intersect `[start, end)`, ascending; uncut. */
export function vmasIn(space: AddressSpace, start: number, end: number): readonly Vma[] {
  return space.filter((vma) => vma.start < end && start < vma.end);
}

/** The first page of `[start, end)` that no mapping covers, or `end`. */
export function firstHole(space: AddressSpace, start: number, end: number): number {
  let page = start;
  for (const vma of space) {
    if (vma.end <= page) continue;
    if (vma.start > page) break;
    page = vma.end;
    if (page >= end) return end;
  }
  return page;
}

export function insertVma(space: AddressSpace, vma: Vma): AddressSpace {
  const at = space.findIndex(({ start }) => start > vma.start);
  return at < 0 ? [...space, vma] : [...space.slice(0, at), vma, ...space.slice(at)];
}

/** Replaces what lies in `[start, end)` by `change` of it; undefined unmaps. Splits at the ends. */
export function changeRange(
  space: AddressSpace,
  start: number,
  end: number,
  change: (vma: Vma) => Vma | undefined,
): AddressSpace {
  return space.flatMap((vma) => {
    if (vma.end <= start || end <= vma.start) return [vma];
    const inside = { ...vma, start: Math.max(vma.start, start), end: Math.min(vma.end, end) };
    const changed = change(inside);
    const parts: Vma[] = [];
    if (vma.start < inside.start) parts.push({ ...vma, end: inside.start });
    if (changed !== undefined) parts.push(changed);
    if (inside.end < vma.end) parts.push({ ...vma, start: inside.end });
    return parts;
  });
}
