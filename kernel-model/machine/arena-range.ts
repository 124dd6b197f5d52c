import type { ErrnoName } from "../abi/errno.ts";
import { changeRange, firstHole, type Vma, vmasIn } from "./address-space.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { ARENA_PAGES } from "./params.ts";
import type { State } from "./state.ts";

/** Page numbers, absolute; `end` is the one after the last. */
export interface PageRange {
  readonly start: number;
  readonly end: number;
}

/** The pages of the arena that a call names. */
export function arenaRange(
  { machine }: State,
  call: { readonly page: number; readonly npages: number },
): PageRange {
  if (call.page < 0 || call.npages < 1 || call.page + call.npages > ARENA_PAGES) {
    throw new UnmodelledCallError(`pages ${call.page}+${call.npages} leave the arena`);
  }
  const start = machine.pages.arenaStart + call.page;
  return { start, end: start + call.npages };
}

/** Changes the range VMA by VMA up to the first hole; `change` gives its argument to leave it. */
export function forEachVma(
  state: State,
  range: PageRange,
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

/** Whether both ends lie between huge pages. */
export function isHugeAligned({ machine }: State, { start, end }: PageRange): boolean {
  const { hugePages } = machine.pages;
  return start % hugePages === 0 && end % hugePages === 0;
}

/** Whether a huge page of hugetlbfs lies in the range with a part only. */
export function cutsHugePage(state: State, { start, end }: PageRange): boolean {
  return vmasIn(state.space, start, end).some((vma) => {
    const part = { start: Math.max(start, vma.start), end: Math.min(end, vma.end) };
    return vma.kind.hugetlb && !isHugeAligned(state, part);
  });
}
