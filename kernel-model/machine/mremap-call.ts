import type { ErrnoName } from "../abi/errno.ts";
import { changeRange, insertVma, looksAlike, type Vma, vmasIn } from "./address-space.ts";
import { arenaRange, cutsHugePage, type PageRange } from "./arena-range.ts";
import { MREMAP, type MremapCall } from "./calls.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { ARENA_PAGES } from "./params.ts";
import type { State } from "./state.ts";

/**
 * mremap(2) inside of the arena. mm/mremap.c:SYSCALL_DEFINE5(mremap) @ 6.12.117
 *
 * Throws UnmodelledCallError where the result depends on which neighbours the kernel has merged,
 * or on the address that it would choose.
 */
export function stepMremap(state: State, call: MremapCall): readonly Outcome[] {
  const { flags, npages, toPages } = call;
  const from = arenaRange(state, call);
  const to = arenaRange(state, { page: call.toPage, npages: toPages });
  const mayMove = (flags & MREMAP.mayMove) !== 0;
  const fixed = (flags & MREMAP.fixed) !== 0;
  const dontUnmap = (flags & MREMAP.dontUnmap) !== 0;
  if ((flags & ~7) !== 0 || (fixed && !mayMove)) return failed(state, "EINVAL");
  if (dontUnmap && (!mayMove || npages !== toPages)) return failed(state, "EINVAL");
  const vma = vmaAt(state, from.start);
  if (vma === undefined) return failed(state, "EFAULT");
  if (vma.kind.hugetlb && !isHugeRemap(state, from, to)) return failed(state, "EINVAL");
  if (vma.kind.hugetlb) return remapHuge(state, from, to, fixed || dontUnmap);
  if (fixed) return moveTo(state, from, to, dontUnmap);
  if (dontUnmap) throw new UnmodelledCallError("the kernel chooses where to move");
  const newEnd = from.start + toPages;
  if (toPages > npages) return grow(state, vma, from, newEnd, mayMove);
  return shrink(state, { start: newEnd, end: from.end });
}

/** Both places are, and a huge page more there can't be; lengths are rounded up before. */
function isHugeRemap({ machine }: State, from: PageRange, to: PageRange): boolean {
  const { hugePages } = machine.pages;
  const pagesOf = ({ start, end }: PageRange): number => Math.ceil((end - start) / hugePages);
  const isAligned = from.start % hugePages === 0 && to.start % hugePages === 0;
  return isAligned && pagesOf(to) <= pagesOf(from);
}

/** The arena is one huge page, so that there is nowhere else to go, and nothing less to keep. */
function remapHuge(
  state: State,
  from: PageRange,
  to: PageRange,
  moves: boolean,
): readonly Outcome[] {
  if (state.machine.pages.hugePages < ARENA_PAGES || from.start !== to.start) {
    throw new UnmodelledCallError("mremap of several huge pages");
  }
  return moves ? failed(state, "EINVAL") : succeeded(state);
}

/** Only what is cut off is looked at: holes, and other mappings, are fine. */
function shrink(state: State, cut: PageRange): readonly Outcome[] {
  if (cut.start === cut.end) return succeeded(state);
  if (cutsHugePage(state, cut)) return failed(state, "EINVAL");
  return succeeded(unmapped(state, cut));
}

/** mm/mremap.c:vma_expandable @ 6.12.117 */
function grow(
  state: State,
  vma: Vma,
  from: PageRange,
  newEnd: number,
  mayMove: boolean,
): readonly Outcome[] {
  const problem = resizeProblem(state, vma, from, true);
  if (problem !== undefined) return failed(state, problem);
  if (from.end === vma.end && vmasIn(state.space, vma.end, newEnd).length === 0) {
    assertPopulates(vma);
    const space = state.space.map((one) => (one === vma ? { ...vma, end: newEnd } : one));
    return succeeded({ ...state, space });
  }
  if (mayMove) throw new UnmodelledCallError("the kernel chooses where to move");
  return failed(state, "ENOMEM");
}

/** What is at the destination is unmapped before it is known whether the move is possible. */
function moveTo(
  state: State,
  from: PageRange,
  to: PageRange,
  dontUnmap: boolean,
): readonly Outcome[] {
  if (from.start < to.end && to.start < from.end) return failed(state, "EINVAL");
  if (cutsHugePage(state, to)) return failed(state, "EINVAL");
  let next = unmapped(state, to);
  const pages = to.end - to.start;
  const cut = { start: Math.min(from.start + pages, from.end), end: from.end };
  if (cut.start < cut.end) {
    if (cutsHugePage(next, cut)) return failed(next, "EINVAL");
    next = unmapped(next, cut);
  }
  const moved = { start: from.start, end: cut.start };
  const vma = vmaAt(next, from.start);
  if (vma === undefined) return failed(next, "EFAULT");
  if (dontUnmap && vma.kind.pfnmap) return failed(next, "EINVAL");
  const growing = pages > moved.end - moved.start;
  const problem = resizeProblem(next, vma, moved, growing);
  if (problem !== undefined) return failed(next, problem);
  if (vma.kind.pfnmap) {
    throw new UnmodelledCallError("what PAT remembers of /dev/mem goes wrong when it moves");
  }
  if (growing) assertPopulates(vma);
  const unlocked = { locked: false, lockOnFault: false };
  const space = changeRange(next.space, moved.start, moved.end, (old) =>
    dontUnmap ? { ...old, ...unlocked } : undefined,
  );
  // Without UFFD_FEATURE_EVENT_REMAP the new mapping has no userfaultfd:
  // fs/userfaultfd.c:mremap_userfaultfd_prep @ 6.12.117
  const origin = vma.origin === undefined ? {} : { origin: vma.origin + to.start - from.start };
  return succeeded({ ...next, space: insertVma(space, { ...vma, ...to, ...origin, uffd: 0 }) });
}

/** mm/mremap.c:vma_to_resize @ 6.12.117 */
function resizeProblem(
  state: State,
  vma: Vma,
  from: PageRange,
  growing: boolean,
): ErrnoName | undefined {
  if (from.end > vma.end) {
    const next = vmaAt(state, vma.end);
    if (next !== undefined && looksAlike(vma, next)) {
      throw new UnmodelledCallError("the kernel may have merged two mappings or not");
    }
    return "EFAULT";
  }
  return growing && vma.kind.pfnmap ? "EFAULT" : undefined;
}

/** What a locked mapping gains is populated, which a userfaultfd would have to serve. */
function assertPopulates({ locked, lockOnFault, uffd }: Vma): void {
  if (locked && !lockOnFault && uffd !== 0) {
    throw new UnmodelledCallError("populating for a userfaultfd never ends");
  }
}

function vmaAt({ space }: State, page: number): Vma | undefined {
  return space.find((vma) => vma.start <= page && page < vma.end);
}

function unmapped(state: State, { start, end }: PageRange): State {
  return { ...state, space: changeRange(state.space, start, end, () => undefined) };
}
