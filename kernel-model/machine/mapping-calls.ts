import { ADVICE_FLAG, changeRange, insertVma, type Vma, vmasIn } from "./address-space.ts";
import { arenaRange, cutsHugePage, isHugeAligned, type PageRange } from "./arena-range.ts";
import type { MmapCall, RangeCall } from "./calls.ts";
import { MMAP_KINDS, type MmapKind } from "./mmap-kinds.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { followsPages } from "./pages/draft.ts";
import { ARENA_PAGES } from "./params.ts";
import type { State } from "./state.ts";

/** Pages that a new heap keeps away from a VM_GROWSDOWN mapping: stack_guard_gap. */
export const STACK_GUARD_PAGES = 256;

/**
 * mm/mmap.c:do_mmap with MAP_FIXED_NOREPLACE; a length of huge pages is rounded up before
 * (ksys_mmap_pgoff), a start is not (mm/hugetlb.c:prepare_hugepage_range). Secret memory is on a
 * file system that nothing is executed from @ 6.12.117
 */
export function stepMmap(state: State, call: MmapCall): readonly Outcome[] {
  const kind = MMAP_KINDS[call.kind];
  if (kind === undefined) throw new UnmodelledCallError(`mmap kind ${call.kind}`);
  const { start, end } = arenaRange(state, call);
  const { platform, pages } = state.machine;
  const { hugePages } = pages;
  if (kind.secret && !platform.hasSecretMemory) throw new UnmodelledCallError("secret memory");
  if (kind.hugetlb && !platform.hasHugetlb) throw new UnmodelledCallError("no huge pages");
  if (kind.hugetlb && hugePages > ARENA_PAGES) {
    throw new UnmodelledCallError("a huge page is larger than the arena");
  }
  const range = kind.hugetlb
    ? { start, end: Math.ceil(end / hugePages) * hugePages }
    : { start, end };
  if (kind.hugetlb && !isHugeAligned(state, range)) return failed(state, "EINVAL");
  if (vmasIn(state.space, range.start, range.end).length > 0) return failed(state, "EEXIST");
  if (!kind.mayWrite && (call.prot & 2) !== 0) return failed(state, "EACCES");
  if (kind.secret && (call.prot & 4) !== 0) return failed(state, "EPERM");
  const fresh = freshVma(range, kind, call.prot);
  const isFile = kind.backing !== "anonymous" && followsPages(state);
  const vma = isFile ? { ...fresh, file: freeFile(state), origin: start } : fresh;
  return succeeded({ ...state, space: insertVma(state.space, vma) });
}

/** Member by member: in the hottest path of the model a spread is the slower way. */
function freshVma({ start, end }: PageRange, kind: MmapKind, prot: number): Vma {
  const advice = firstAdvice(kind);
  return { start, end, kind, prot, locked: false, lockOnFault: false, uffd: 0, advice, denied: 0 };
}

/** The lowest number that no file has which a process maps. */
function freeFile({ space, parents }: State): number {
  const used = [space, ...parents.map((parent) => parent.space)].flat();
  let file = 0;
  while (used.some((vma) => vma.file === file)) file += 1;
  return file;
}

/** drivers/char/mem.c:mmap_mem, mm/secretmem.c:secretmem_mmap: VM_DONTDUMP @ 6.12.117 */
function firstAdvice({ pfnmap, secret }: MmapKind): number {
  return pfnmap || secret ? ADVICE_FLAG.dontDump : 0;
}

/** mm/vma.c:do_vmi_munmap: holes are fine, a part of a huge page is not @ 6.12.117 */
export function stepMunmap(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  if (cutsHugePage(state, { start, end })) return failed(state, "EINVAL");
  return succeeded({ ...state, space: changeRange(state.space, start, end, () => undefined) });
}

/**
 * brk(2) from a start that the runner moves into the arena: the heap is a private anonymous mapping
 * like any other. One page behind it has to stay free, and the guard gap below a stack.
 *
 * The runner makes an errno of the old break, which the kernel returns on failure.
 * mm/mmap.c:SYSCALL_DEFINE1(brk) @ 6.12.117
 */
export function stepBrk(state: State, call: RangeCall): readonly Outcome[] {
  const { start, end } = arenaRange(state, call);
  const next = state.space.find((vma) => vma.end > start);
  const gap = next?.kind.growsDown === true ? STACK_GUARD_PAGES : 0;
  if (next !== undefined && end + 1 > next.start - gap) return failed(state, "ENOMEM");
  const kind = MMAP_KINDS[0];
  if (kind === undefined) throw new Error("the first kind of mapping is the heap's");
  const heap = freshVma({ start, end }, kind, 3);
  return succeeded({ ...state, space: insertVma(state.space, heap) });
}
