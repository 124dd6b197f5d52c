import { changeRange, UFFD_MODE, type Vma, vmasIn } from "./address-space.ts";
import { arenaRange, cutsHugePage, forEachVma, isHugeAligned } from "./arena-range.ts";
import type { MprotectCall, PkeyCall, UffdCall } from "./calls.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import type { State } from "./state.ts";

/**
 * mm/mprotect.c:do_mprotect_pkey: VMA by VMA from the start, so that a problem further on leaves
 * what came before it changed @ 6.12.117
 */
export function stepMprotect(state: State, call: MprotectCall): readonly Outcome[] {
  return protect(state, call, () => ({}));
}

/**
 * pkey_alloc() and pkey_mprotect(). A CPU without protection keys has none to give, so ENOSPC is
 * as right, and changes nothing. arch/x86/include/asm/pkeys.h:mm_pkey_alloc @ 6.12.117
 */
export function stepPkey(state: State, call: PkeyCall): readonly Outcome[] {
  const { rights } = call;
  if (!state.machine.platform.hasProtectionKeys) return failed(state, "ENOSYS");
  return [...protect(state, call, () => ({ denied: rights })), ...failed(state, "ENOSPC")];
}

function protect(
  state: State,
  call: MprotectCall | PkeyCall,
  more: () => Partial<Vma>,
): readonly Outcome[] {
  return forEachVma(state, arenaRange(state, call), (vma) => {
    if ((call.prot & 2) !== 0 && !vma.kind.mayWrite) return "EACCES";
    if ((call.prot & 4) !== 0 && vma.kind.secret) return "EACCES";
    if (vma.kind.hugetlb && !isHugeAligned(state, vma)) return "EINVAL";
    return { ...vma, prot: call.prot, ...more() };
  });
}

/**
 * fs/userfaultfd.c:userfaultfd_register: all or nothing, holes are fine. A mapping that has all of
 * the modes already keeps what it has. include/linux/userfaultfd_k.h:vma_can_userfault @ 6.12.117
 */
export function stepUffd(state: State, call: UffdCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const { mode } = call;
  if (mode === 0 || (mode & ~state.machine.platform.uffdModes) !== 0)
    return failed(state, "EINVAL");
  const vmas = vmasIn(state.space, start, end);
  if (vmas.length === 0) return failed(state, "EINVAL");
  for (const vma of vmas) {
    if (!canUserfault(vma, mode)) return failed(state, "EINVAL");
    if (!vma.kind.mayWrite) return failed(state, "EPERM");
    if (vma.kind.hugetlb && cutsHugePage(state, { start, end })) return failed(state, "EINVAL");
  }
  const register = (vma: Vma): Vma => ((vma.uffd & mode) === mode ? vma : { ...vma, uffd: mode });
  return succeeded({ ...state, space: changeRange(state.space, start, end, register) });
}

function canUserfault({ kind }: Vma, mode: number): boolean {
  if (kind.hugetlb) return true;
  if ((mode & UFFD_MODE.minor) !== 0) return kind.backing === "shmem";
  return kind.backing !== "other";
}
