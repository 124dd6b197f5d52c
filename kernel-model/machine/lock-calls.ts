import { PKEY_DENIES, type Vma, vmasIn } from "./address-space.ts";
import { arenaRange, forEachVma, type PageRange } from "./arena-range.ts";
import { PROT, type RangeCall } from "./calls.ts";
import { failed, type Outcome, UnmodelledCallError } from "./outcome.ts";
import type { State } from "./state.ts";

/**
 * mlock2(MLOCK_ONFAULT), mlock and munlock: mm/mlock.c:apply_vma_lock_flags. What doesn't support
 * mlock stays as it is, unsplit: mm/internal.h:vma_supports_mlock, mm/mlock.c:mlock_fixup
 * @ 6.12.117
 */
export function stepMlock(state: State, call: RangeCall): readonly Outcome[] {
  const range = arenaRange(state, call);
  const locked = call.op !== "munlock";
  const lockOnFault = call.op === "mlock";
  if (locked && vmasIn(state.space, range.start, range.end).some((vma) => vma.kind.hugetlb)) {
    throw new UnmodelledCallError("mlock of hugetlb populates, which needs huge pages");
  }
  const outcomes = forEachVma(state, range, (vma) => {
    const { pfnmap, hugetlb, secret } = vma.kind;
    return pfnmap || hugetlb || secret ? vma : { ...vma, locked, lockOnFault };
  });
  const [only] = outcomes;
  if (!locked || only === undefined || only.ret !== 0) return outcomes;
  return populate(only, range);
}

/**
 * The pages that are not locked on fault are brought in, and the flags stay when that fails:
 * EFAULT becomes ENOMEM. mm/gup.c:populate_vma_page_range, mm/mlock.c:__mlock_posix_error_return
 * @ 6.12.117
 */
function populate(outcome: Outcome, { start, end }: PageRange): readonly Outcome[] {
  const vmas = vmasIn(outcome.state.space, start, end).filter(
    ({ lockOnFault, kind }) => !lockOnFault && !kind.pfnmap,
  );
  const wait = vmas.find(({ uffd }) => uffd !== 0);
  if (wait !== undefined) {
    throw new UnmodelledCallError("populating for a userfaultfd never ends");
  }
  const fails = failed(outcome.state, "ENOMEM");
  if (vmas.some(isRefused)) return fails;
  // With protection keys a mapping for execution only is one that the caller can't read:
  // arch/x86/mm/pkeys.c:__execute_only_pkey @ 6.12.117. Without them it can.
  return vmas.some(({ prot }) => prot === PROT.exec) ? [outcome, ...fails] : [outcome];
}

/** mm/gup.c:check_vma_flags @ 6.12.117 */
function isRefused(vma: Vma): boolean {
  const { kind, prot, denied } = vma;
  if (kind.secret || prot === PROT.none) return true;
  if ((denied & PKEY_DENIES.access) !== 0) return true;
  return isWritten(vma) && (denied & PKEY_DENIES.write) !== 0;
}

/** Whether populating stops at a mapping. One for execution only is one that may be read or not. */
export function isRefusedPopulation(vma: Vma): boolean {
  if (!isRefused(vma) && vma.prot === PROT.exec && vma.locked && !vma.lockOnFault) {
    throw new UnmodelledCallError("whether a mapping for execution only is populated");
  }
  return !vma.lockOnFault && isRefused(vma);
}

/** Whether populating writes: mm/gup.c:populate_vma_page_range @ 6.12.117 */
export function isWritten({ prot, kind }: Vma): boolean {
  return (prot & PROT.write) !== 0 && !kind.shared;
}
