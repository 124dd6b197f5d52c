import type { ErrnoName } from "../abi/errno.ts";
import { isSince } from "../abi/stage.ts";
import { ADVICE_FLAG, changeRange, firstHole, type Vma, vmasIn } from "./address-space.ts";
import { type Advise, collapses, populate, reads, removes } from "./advice-on-pages.ts";
import { arenaRange } from "./arena-range.ts";
import { ADVICE, type MadviseCall } from "./calls.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import type { State } from "./state.ts";

/** A change splits the mapping, which mm/hugetlb.c:hugetlb_vm_op_split refuses inside a page. */
const sets = (set: number, clear = 0): Advise => {
  return (vma, hugePages) => {
    const advice = (vma.advice & ~clear) | set;
    if (advice === vma.advice) return vma;
    const cuts = vma.start % hugePages !== 0 || vma.end % hugePages !== 0;
    return vma.kind.hugetlb && cuts ? "EINVAL" : { ...vma, advice };
  };
};
const refuses = (refused: (vma: Vma) => boolean, otherwise: Advise): Advise => {
  return (vma, hugePages) => (refused(vma) ? "EINVAL" : otherwise(vma, hugePages));
};
const leaves: Advise = (vma) => vma;
/** mm/madvise.c:can_madv_lru_vma @ 6.12.117; paging out leaves what it can't write anywhere. */
const ages = refuses(({ locked, kind }) => locked || kind.pfnmap || kind.hugetlb, leaves);

const { dontCopy, wipeOnFork, dontDump, huge, noHuge, random, sequential } = ADVICE_FLAG;

/**
 * By advice: mm/madvise.c:madvise_vma_behavior @ 6.12.117. MERGEABLE, UNMERGEABLE, HWPOISON and
 * SOFT_OFFLINE are unknown to a kernel without KSM and memory failures, such as the laboratory's.
 */
const ADVISE: ReadonlyMap<number, Advise> = new Map([
  [ADVICE.normal, sets(0, random | sequential)],
  [ADVICE.willNeed, reads],
  [ADVICE.remove, removes],
  [ADVICE.random, sets(random, sequential)],
  [ADVICE.sequential, sets(sequential, random)],
  [ADVICE.dontNeed, refuses(({ locked, kind }) => locked || kind.pfnmap, wholeHugePages)],
  [ADVICE.free, refuses(({ locked, kind }) => locked || kind.backing !== "anonymous", leaves)],
  [ADVICE.dontFork, sets(dontCopy)],
  [ADVICE.doFork, refuses(({ kind }) => kind.pfnmap, sets(0, dontCopy))],
  [ADVICE.hugePage, sets(huge, noHuge)],
  [ADVICE.noHugePage, sets(noHuge, huge)],
  [ADVICE.dontDump, sets(dontDump)],
  [ADVICE.doDump, refuses(({ kind }) => kind.pfnmap, sets(0, dontDump))],
  [ADVICE.wipeOnFork, refuses(({ kind }) => kind.backing !== "anonymous", sets(wipeOnFork))],
  [ADVICE.keepOnFork, sets(0, wipeOnFork)],
  [ADVICE.cold, ages],
  [ADVICE.pageOut, ages],
  [ADVICE.dontNeedLocked, refuses(({ kind }) => kind.pfnmap, wholeHugePages)],
]);

/** From v3 on pages are followed, into swap too, and these would have to move them. */
const ABOUT_PAGES = new Set<number>([
  ADVICE.willNeed,
  ADVICE.remove,
  ADVICE.pageOut,
  ADVICE.populateRead,
  ADVICE.populateWrite,
  ADVICE.collapse,
]);

/** mm/madvise.c:madvise_dontneed_free_valid_vma @ 6.12.117 */
function wholeHugePages(vma: Vma, hugePages: number): Vma | ErrnoName {
  return vma.kind.hugetlb && vma.start % hugePages !== 0 ? "EINVAL" : vma;
}

/**
 * Mapping by mapping, over holes, up to the first problem; ENOMEM at the end when there was a hole.
 * mm/madvise.c:madvise_walk_vmas @ 6.12.117
 */
export function stepMadvise(state: State, call: MadviseCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  if (isSince(state.machine.stage, "v3") && ABOUT_PAGES.has(call.advice)) {
    throw new UnmodelledCallError(`advice ${call.advice} is about pages that are followed`);
  }
  if (call.advice === ADVICE.populateRead || call.advice === ADVICE.populateWrite) {
    return populate(state, { start, end }, call.advice === ADVICE.populateWrite);
  }
  const advise = call.advice === ADVICE.collapse ? collapses(state) : ADVISE.get(call.advice);
  if (advise === undefined) return failed(state, "EINVAL");
  let space = state.space;
  for (const vma of vmasIn(space, start, end)) {
    const part = { ...vma, start: Math.max(vma.start, start), end: Math.min(vma.end, end) };
    const changed = advise(part, state.machine.pages.hugePages);
    if (typeof changed === "string") return failed({ ...state, space }, changed);
    if (changed !== part) space = changeRange(space, part.start, part.end, () => changed);
  }
  const next = { ...state, space };
  return firstHole(space, start, end) < end ? failed(next, "ENOMEM") : succeeded(next);
}
