import type { ErrnoName } from "../abi/errno.ts";
import { changeRange, firstHole, insertVma, type Vma, vmasIn } from "./address-space.ts";
import type { MmapCall, MprotectCall, RangeCall } from "./calls.ts";
import { MMAP_KINDS } from "./mmap-kinds.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { ARENA_PAGES, ARENA_START_PAGE, HUGE_PAGE_PAGES } from "./params.ts";
import type { State } from "./state.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * mm/mmap.c:do_mmap with MAP_FIXED_NOREPLACE; a length of huge pages is rounded up before
 * (ksys_mmap_pgoff), a start is not (mm/hugetlb.c:prepare_hugepage_range) @ 6.12.117
 */
export function stepMmap(state: State, call: MmapCall): readonly Outcome[] {
  const kind = MMAP_KINDS[call.kind];
  if (kind === undefined) throw new UnmodelledCallError(`mmap kind ${call.kind}`);
  const { start, end } = arenaRange(call);
  const range = kind.hugetlb ? { start, end: roundUpToHuge(end) } : { start, end };
  if (kind.hugetlb && !isHugeAligned(range)) return failed(state, "EINVAL");
  if (vmasIn(state.space, range.start, range.end).length > 0) return failed(state, "EEXIST");
  if (!kind.mayWrite && (call.prot & 2) !== 0) return failed(state, "EACCES");
  const vma: Vma = { ...range, kind, prot: call.prot, locked: false, uffdMissing: false };
  return succeeded({ ...state, space: insertVma(state.space, vma) });
}

/** mm/vma.c:do_vmi_munmap: holes are fine, a part of a huge page is not @ 6.12.117 */
export function stepMunmap(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(call);
  if (cutsHugePage(state, { start, end })) return failed(state, "EINVAL");
  return succeeded({ ...state, space: changeRange(state.space, start, end, () => undefined) });
}

/**
 * mm/mprotect.c:do_mprotect_pkey: VMA by VMA from the start, so that a problem further on leaves
 * what came before it changed @ 6.12.117
 */
export function stepMprotect(state: State, call: MprotectCall): readonly Outcome[] {
  const range = arenaRange(call);
  return forEachVma(state, range, (vma) => {
    if ((call.prot & 2) !== 0 && !vma.kind.mayWrite) return "EACCES";
    if (vma.kind.hugetlb && !isHugeAligned(vma)) return "EINVAL";
    return { ...vma, prot: call.prot };
  });
}

/**
 * mm/mlock.c:apply_vma_lock_flags; the runner uses mlock2(MLOCK_ONFAULT). What doesn't support
 * mlock stays as it is, unsplit: mm/internal.h:vma_supports_mlock @ 6.12.117
 */
export function stepMlock(state: State, call: RangeCall): readonly Outcome[] {
  const range = arenaRange(call);
  const locked = call.op === "mlock";
  if (locked && vmasIn(state.space, range.start, range.end).some((vma) => vma.kind.hugetlb)) {
    throw new UnmodelledCallError("mlock of hugetlb populates, which needs huge pages");
  }
  return forEachVma(state, range, (vma) => {
    const supported = !vma.kind.pfnmap && !vma.kind.hugetlb;
    return supported ? { ...vma, locked } : vma;
  });
}

/** fs/userfaultfd.c:userfaultfd_register: all or nothing, holes are fine @ 6.12.117 */
export function stepUffd(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(call);
  const vmas = vmasIn(state.space, start, end);
  if (vmas.length === 0) return failed(state, "EINVAL");
  for (const vma of vmas) {
    if (vma.kind.pfnmap) return failed(state, "EINVAL");
    if (!vma.kind.mayWrite) return failed(state, "EPERM");
    if (vma.kind.hugetlb && cutsHugePage(state, { start, end })) return failed(state, "EINVAL");
  }
  const register = (vma: Vma): Vma => ({ ...vma, uffdMissing: true });
  return succeeded({ ...state, space: changeRange(state.space, start, end, register) });
}

/** Writes a byte to each page: pages only start to matter with the backend. */
export function stepTouch(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(call);
  const hasHole = firstHole(state.space, start, end) < end;
  if (hasHole && state.space.some((vma) => vma.kind.growsDown && vma.end > start)) {
    throw new UnmodelledCallError("touch below a VM_GROWSDOWN mapping may expand it");
  }
  const vmas = vmasIn(state.space, start, end);
  const risky = vmas.find((vma) => vma.uffdMissing || vma.kind.pfnmap || vma.kind.hugetlb);
  if (risky !== undefined) {
    throw new UnmodelledCallError(`touch of ${risky.kind.name} may hang or kill the runner`);
  }
  const isWritable = vmas.every((vma) => (vma.prot & 2) !== 0);
  return hasHole || !isWritable ? failed(state, "EFAULT") : succeeded(state);
}

/** Changes the range VMA by VMA up to the first hole; `change` gives its argument to leave it. */
function forEachVma(
  state: State,
  range: Range,
  change: (vma: Vma) => Vma | ErrnoName,
): readonly Outcome[] {
  const mappedEnd = firstHole(state.space, range.start, range.end);
  let space = state.space;
  for (const vma of vmasIn(space, range.start, mappedEnd)) {
    const start = Math.max(vma.start, range.start);
    const end = Math.min(vma.end, range.end);
    const part = { ...vma, start, end };
    const changed = change(part);
    if (changed === part) continue;
    if (typeof changed === "string") return failed({ ...state, space }, changed);
    space = changeRange(space, start, end, () => changed);
  }
  const next = { ...state, space };
  return mappedEnd < range.end ? failed(next, "ENOMEM") : succeeded(next);
}

function arenaRange(call: { readonly page: number; readonly npages: number }): Range {
  if (call.page < 0 || call.npages < 1 || call.page + call.npages > ARENA_PAGES) {
    throw new UnmodelledCallError(`pages ${call.page}+${call.npages} leave the arena`);
  }
  const start = ARENA_START_PAGE + call.page;
  return { start, end: start + call.npages };
}

function roundUpToHuge(page: number): number {
  return Math.ceil(page / HUGE_PAGE_PAGES) * HUGE_PAGE_PAGES;
}

function isHugeAligned({ start, end }: Range): boolean {
  return start % HUGE_PAGE_PAGES === 0 && end % HUGE_PAGE_PAGES === 0;
}

function cutsHugePage(state: State, { start, end }: Range): boolean {
  return vmasIn(state.space, start, end).some(
    (vma) =>
      vma.kind.hugetlb &&
      !isHugeAligned({ start: Math.max(start, vma.start), end: Math.min(end, vma.end) }),
  );
}
