/** A kind of mapping that the runner can make, with what the kernel's checks look at. */
export interface MmapKind {
  readonly nr: number;
  readonly name: string;
  /** VM_IO and VM_PFNMAP: not vma_migratable, mlock and userfaultfd don't apply. */
  readonly pfnmap: boolean;
  readonly hugetlb: boolean;
  /** VM_GROWSDOWN: a fault below it may expand it. */
  readonly growsDown: boolean;
  /** VM_MAYWRITE: false for a shared mapping of a read-only file. */
  readonly mayWrite: boolean;
  /** How C spells it, for people. */
  readonly c: string;
}

/** By number. mm/mmap.c:do_mmap, drivers/char/mem.c:mmap_mem, mm/hugetlb.c @ 6.12.117 */
export const MMAP_KINDS: readonly MmapKind[] = [
  kind(0, "anon-private", "MAP_PRIVATE | MAP_ANONYMOUS", {}),
  kind(1, "anon-shared", "MAP_SHARED | MAP_ANONYMOUS", {}),
  kind(2, "memfd-private", "MAP_PRIVATE /* memfd */", {}),
  kind(3, "memfd-shared", "MAP_SHARED /* memfd */", {}),
  kind(4, "devmem", "MAP_SHARED /* /dev/mem: VM_IO | VM_PFNMAP */", { pfnmap: true }),
  kind(5, "hugetlb", "MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE", {
    hugetlb: true,
  }),
  kind(6, "growsdown", "MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN", {
    growsDown: true,
  }),
  kind(7, "memfd-rdonly", "MAP_SHARED /* memfd opened read-only */", { mayWrite: false }),
];

function kind(nr: number, name: string, c: string, differs: Partial<MmapKind>): MmapKind {
  const plain = { pfnmap: false, hugetlb: false, growsDown: false, mayWrite: true };
  return { nr, name, c, ...plain, ...differs };
}
