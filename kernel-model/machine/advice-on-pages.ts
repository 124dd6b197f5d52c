import type { ErrnoName } from "../abi/errno.ts";
import {
  ADVICE_FLAG,
  firstHole,
  looksAlike,
  PKEY_DENIES,
  UFFD_MODE,
  type Vma,
  vmasIn,
} from "./address-space.ts";
import type { PageRange } from "./arena-range.ts";
import { PROT } from "./calls.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { ARENA_PAGES } from "./params.ts";
import type { State } from "./state.ts";

/** The kind of mapping whose file is as long as the first mapping of it. */
const ANON_SHARED = 1;

/** What an advice does to one mapping, or why not. */
export type Advise = (vma: Vma, hugePages: number) => Vma | ErrnoName;

/**
 * WILLNEED where there is no swap: what has a file has it in memory.
 * mm/madvise.c:madvise_willneed, mm/fadvise.c:generic_fadvise @ 6.12.117
 */
export const reads: Advise = (vma) => (vma.kind.backing === "anonymous" ? "EBADF" : vma);

/**
 * REMOVE, up to what the file system answers to the hole: only shmem can have one.
 * mm/madvise.c:madvise_remove, fs/open.c:vfs_fallocate @ 6.12.117
 */
export const removes: Advise = (vma) => {
  const { backing, shared, mayWrite, pfnmap, secret } = vma.kind;
  if (vma.locked || backing === "anonymous") return "EINVAL";
  if (!shared || !mayWrite) return "EACCES";
  if (pfnmap) return "ENODEV";
  return secret ? "EOPNOTSUPP" : vma;
};

/**
 * COLLAPSE needs a mapping that holds a whole huge page, and that is all of the arena.
 * mm/khugepaged.c:madvise_collapse, mm/huge_memory.c:__thp_vma_allowable_orders @ 6.12.117
 */
export function collapses({ space, machine }: State): Advise {
  const { arenaStart, hugePages } = machine.pages;
  const end = arenaStart + ARENA_PAGES;
  const [first] = space;
  const isOne = first !== undefined && space.every((vma) => looksAlike(vma, first));
  const isWhole = isOne && firstHole(space, arenaStart, end) >= end;
  return ({ kind, advice }) => {
    const isRefused = kind.hugetlb || kind.pfnmap || (advice & ADVICE_FLAG.noHuge) !== 0;
    if (isRefused || !isWhole || hugePages > ARENA_PAGES) return "EINVAL";
    throw new UnmodelledCallError("what is collapsed depends on what pages there are");
  };
}

/**
 * POPULATE_READ and POPULATE_WRITE, page by page up to the first problem. A protection key counts.
 * mm/madvise.c:madvise_populate, mm/gup.c:check_vma_flags @ 6.12.117
 */
export function populate(state: State, range: PageRange, write: boolean): readonly Outcome[] {
  const mappedEnd = firstHole(state.space, range.start, range.end);
  for (const vma of vmasIn(state.space, range.start, mappedEnd)) {
    if (refusesAccess(vma, write)) return failed(state, "EINVAL");
    if ((vma.uffd & (UFFD_MODE.missing | UFFD_MODE.minor)) !== 0) {
      throw new UnmodelledCallError("populating for a userfaultfd never ends");
    }
    // mm/hugetlb.c:hugetlb_no_page @ 6.12.117: the pool of the laboratory is empty
    if (vma.kind.hugetlb) return failed(state, "EFAULT");
    if (vma.kind.nr === ANON_SHARED) {
      throw new UnmodelledCallError("what mremap has added lies behind the end of the file");
    }
  }
  return mappedEnd < range.end ? failed(state, "ENOMEM") : succeeded(state);
}

function refusesAccess({ kind, prot, denied }: Vma, write: boolean): boolean {
  if (kind.pfnmap || kind.secret) return true;
  if ((prot & (write ? PROT.write : PROT.read)) === 0) return true;
  return (denied & (write ? PKEY_DENIES.access | PKEY_DENIES.write : PKEY_DENIES.access)) !== 0;
}
