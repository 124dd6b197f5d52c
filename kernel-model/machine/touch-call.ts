import { UFFD_MODE, type Vma } from "./address-space.ts";
import { arenaRange } from "./arena-range.ts";
import { PROT, type RangeCall } from "./calls.ts";
import { STACK_GUARD_PAGES } from "./mapping-calls.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import type { State } from "./state.ts";

/**
 * Writes a byte to each page, ascending, up to the first that can't be written: pages only start
 * to matter with the backend. A page below a VM_GROWSDOWN mapping expands it, also when the write
 * is refused then. mm/memory.c:lock_mm_and_find_vma @ 6.12.117
 */
export function stepTouch(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  let space = state.space;
  for (let page = start; page < end; page += 1) {
    const above = space.find((vma) => vma.end > page);
    if (above === undefined) return failed({ ...state, space }, "EFAULT");
    if (above.start > page) {
      if (!canExpand(state, space, above, page)) return failed({ ...state, space }, "EFAULT");
      space = space.map((vma) => (vma === above ? { ...above, start: page } : vma));
    }
    assertHarmless(above);
    const denied = above.denied !== 0;
    if (denied || (above.prot & PROT.write) === 0) return failed({ ...state, space }, "EFAULT");
  }
  return succeeded({ ...state, space });
}

/** RLIMIT_STACK that init has: include/asm-generic/resource.h:INIT_RLIMITS @ 6.12.117 */
const STACK_LIMIT_BYTES = 8 * 1024 ** 2;

/**
 * mm/mmap.c:expand_downwards, acct_stack_growth @ 6.12.117. The limit counts from the stack's end,
 * and with pages of 64 KiB the arena is larger than it.
 */
function canExpand({ machine }: State, space: State["space"], stack: Vma, page: number): boolean {
  if (!stack.kind.growsDown) return false;
  if ((stack.end - page) * machine.pages.pageSize > STACK_LIMIT_BYTES) return false;
  const before = space.findLast((vma) => vma.end <= page);
  if (before === undefined || before.kind.growsDown || before.prot === PROT.none) return true;
  return page - before.end >= STACK_GUARD_PAGES;
}

function assertHarmless({ uffd, kind }: Vma): void {
  const waits = (uffd & (UFFD_MODE.missing | UFFD_MODE.minor)) !== 0;
  if (waits || kind.pfnmap || kind.hugetlb) {
    throw new UnmodelledCallError(`touch of ${kind.name} may hang or kill the runner`);
  }
}
