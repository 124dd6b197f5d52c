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
  /** What backs it: nothing but swap (vma_is_anonymous), shmem, or something else. */
  readonly backing: "anonymous" | "shmem" | "other";
  /** VM_SHARED. */
  readonly shared: boolean;
  /** Of memfd_secret: no get_user_pages, no mlock. */
  readonly secret: boolean;
  /** How C spells it, for people. */
  readonly c: string;
}

const ANONYMOUS = { backing: "anonymous" } as const;
const SHMEM = { backing: "shmem" } as const;

/** By number. mm/mmap.c:do_mmap, drivers/char/mem.c:mmap_mem, mm/hugetlb.c @ 6.12.117 */
export const MMAP_KINDS: readonly MmapKind[] = [
  kind(0, "anon-private", "MAP_PRIVATE | MAP_ANONYMOUS", ANONYMOUS),
  kind(1, "anon-shared", "MAP_SHARED | MAP_ANONYMOUS", { ...SHMEM, shared: true }),
  kind(2, "memfd-private", "MAP_PRIVATE /* memfd */", SHMEM),
  kind(3, "memfd-shared", "MAP_SHARED /* memfd */", { ...SHMEM, shared: true }),
  kind(4, "devmem", "MAP_SHARED /* /dev/mem: VM_IO | VM_PFNMAP */", {
    pfnmap: true,
    shared: true,
  }),
  kind(5, "hugetlb", "MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_NORESERVE", {
    hugetlb: true,
  }),
  kind(6, "growsdown", "MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN", {
    ...ANONYMOUS,
    growsDown: true,
  }),
  kind(7, "memfd-rdonly", "MAP_SHARED /* memfd opened read-only */", {
    ...SHMEM,
    mayWrite: false,
  }),
  kind(8, "secretmem", "MAP_SHARED /* memfd_secret */", { shared: true, secret: true }),
];

function kind(nr: number, name: string, c: string, differs: Partial<MmapKind>): MmapKind {
  const plain = {
    pfnmap: false,
    hugetlb: false,
    growsDown: false,
    mayWrite: true,
    backing: "other",
    shared: false,
    secret: false,
  } as const;
  return { nr, name, c, ...plain, ...differs };
}
