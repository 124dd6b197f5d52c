import type { Vma } from "./address-space.ts";
import { IOCTL_RELATIVE, type IoctlCall, PROT } from "./calls.ts";
import { MMAP_KINDS, type MmapKind } from "./mmap-kinds.ts";
import { UnmodelledCallError } from "./outcome.ts";

/** Mappings that every process gets from the kernel, at addresses that only the runner knows. */
export const PROCESS_REGIONS = { vvar: 0, vdso: 1, stack: 2 } as const;
export type ProcessRegion = keyof typeof PROCESS_REGIONS;

const BY_NUMBER = Object.keys(PROCESS_REGIONS) as readonly ProcessRegion[];

/** What `start` of a HINT is relative to; null for one that is absolute. */
export function regionOf({ flags, pointer }: IoctlCall): ProcessRegion | null {
  if ((flags & IOCTL_RELATIVE) === 0) return null;
  const region = BY_NUMBER[Number(pointer)];
  if (region === undefined) throw new UnmodelledCallError(`region ${pointer}`);
  return region;
}

/**
 * One page of each: data of the vDSO (VM_IO and VM_PFNMAP), its code, and the stack under the
 * runner. arch/x86/entry/vdso/vma.c:map_vdso, fs/exec.c:setup_arg_pages @ 6.12.117
 */
export const REGION_VMAS: Readonly<Record<ProcessRegion, Vma>> = {
  vvar: regionVma("devmem", PROT.read),
  vdso: regionVma("anon-private", PROT.read | PROT.exec),
  stack: regionVma("growsdown", PROT.read | PROT.write),
};

function regionVma(like: string, prot: number): Vma {
  const kind: MmapKind | undefined = MMAP_KINDS.find(({ name }) => name === like);
  if (kind === undefined) throw new Error(`no kind of mapping is named ${like}`);
  const none = { locked: false, lockOnFault: false, uffd: 0, advice: 0, denied: 0 };
  return { start: 0, end: 1, kind, prot, ...none };
}
