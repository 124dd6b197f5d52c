import type { PageCall } from "./pages/call-types.ts";

/** `open("/dev/hbfctl")` into a slot. */
export interface OpenCall {
  readonly op: "open";
  readonly slot: number;
  /** Access mode: 0 O_RDONLY, 1 O_WRONLY, 2 O_RDWR. */
  readonly flags: number;
  /** Effective user around the open; 0 is root. */
  readonly uid: number;
}

export interface CloseCall {
  readonly op: "close";
  readonly slot: number;
}

/** MAP_FIXED_NOREPLACE in the arena. */
export interface MmapCall {
  readonly op: "mmap";
  /** Relative to the arena, in pages. */
  readonly page: number;
  readonly npages: number;
  /** Number of a `MmapKind`. */
  readonly kind: number;
  /** 1 read, 2 write, 4 execute. */
  readonly prot: number;
}

export interface MprotectCall {
  readonly op: "mprotect";
  readonly page: number;
  readonly npages: number;
  readonly prot: number;
}

/**
 * The calls that take a range and nothing else. `mlock` is mlock2(MLOCK_ONFAULT), `mlock-now` is
 * mlock(2), `brk` makes the range the heap.
 */
export interface RangeCall {
  readonly op: "munmap" | "mlock" | "mlock-now" | "munlock" | "uffd" | "touch" | "brk";
  readonly page: number;
  readonly npages: number;
}

/** UFFDIO_REGISTER with any modes; `uffd` registers for missing pages. */
export interface UffdCall {
  readonly op: "uffd-mode";
  readonly page: number;
  readonly npages: number;
  /** Bits of `UFFD_MODE`. */
  readonly mode: number;
}

/** mremap(2) from one range of the arena to another. */
export interface MremapCall {
  readonly op: "mremap";
  readonly page: number;
  readonly npages: number;
  readonly toPage: number;
  readonly toPages: number;
  /** Bits of `MREMAP`. */
  readonly flags: number;
}

export interface MadviseCall {
  readonly op: "madvise";
  readonly page: number;
  readonly npages: number;
  /** One of `ADVICE`, or a number that the kernel doesn't know. */
  readonly advice: number;
}

/** pkey_alloc(2) with `rights`, and pkey_mprotect(2) with the key. */
export interface PkeyCall {
  readonly op: "pkey";
  readonly page: number;
  readonly npages: number;
  readonly prot: number;
  /** Bits of `PKEY_DENIES`. */
  readonly rights: number;
}

/** Makes the rest of the vector, up to EXIT, calls of a child; its parent waits. */
export interface ForkCall {
  readonly op: "fork";
}

/** Ends the child; what follows are calls of its parent. */
export interface ExitCall {
  readonly op: "exit";
}

/** execve(2) of the runner itself, as a program of `bits`; only in a child. */
export interface ExecCall {
  readonly op: "exec";
  readonly bits: number;
}

/** Opens something that is not the device into a slot. */
export interface OpenOtherCall {
  readonly op: "open-other";
  readonly slot: number;
  /** Number of an `OTHER_FILE`. */
  readonly which: number;
}

/** Asks the kernel what it has, as bytes that come back. */
export interface AskCall {
  /**
   * `trace` starts tracing and reads what came since; `totals` reads what debugfs has more than
   * when it was last read; `maps` lists the arena's mappings with their flags.
   */
  readonly op: "trace" | "totals" | "maps";
}

/** Writes `cpuset.mems` of the caller's cgroup. */
export interface CpusetCall {
  readonly op: "cpuset";
  /** Bit for each node. */
  readonly mask: number;
}

export interface IoctlCall {
  readonly op: "ioctl";
  readonly slot: number;
  /** Unsigned 32 bits. */
  readonly cmd: number;
  /** Readable bytes at the argument, or `ALL_ACCESSIBLE`. */
  readonly accessible: number;
  /** `IOCTL_READ_ONLY`, `IOCTL_RAW_POINTER`, `IOCTL_RELATIVE` or 0. */
  readonly flags: number;
  /** The argument itself with `IOCTL_RAW_POINTER`, a region's number with `IOCTL_RELATIVE`. */
  readonly pointer: bigint;
  readonly payload: Uint8Array;
}

export interface FileCall {
  readonly op: "fileop";
  readonly slot: number;
  /** Number of a `FileOp`. */
  readonly which: number;
  /** For dup the slot to fill, else 0. */
  readonly target: number;
}

/** The calls on the address space. */
export type MemoryCall =
  | MmapCall
  | MprotectCall
  | RangeCall
  | UffdCall
  | MremapCall
  | MadviseCall
  | PkeyCall;

/** One call of the runner's vocabulary. Its binary form is in `vectors/wire.ts`. */
export type Call =
  | OpenCall
  | CloseCall
  | MemoryCall
  | CpusetCall
  | OpenOtherCall
  | IoctlCall
  | FileCall
  | ForkCall
  | ExitCall
  | ExecCall
  | PageCall
  | AskCall;

/** `accessible` of an argument that is readable whole, with a zero page after it. */
export const ALL_ACCESSIBLE = 0xffffffff;
/** The argument's pages are not writable. */
export const IOCTL_READ_ONLY = 1;
/** `pointer` is the argument, and the payload is not used. */
export const IOCTL_RAW_POINTER = 2;
/** `start` of a HINT (the u64 at offset 16) is relative to a mapping of the process. */
export const IOCTL_RELATIVE = 4;

/** What FILEOP does. */
export const FILE_OP = {
  lseek: 0,
  read: 1,
  write: 2,
  mmap: 3,
  epoll: 4,
  dup: 5,
  setCloexec: 6,
  clearCloexec: 7,
} as const;

/** Files that are not the device, for ioctls that then belong to somebody else. */
export const OTHER_FILE = {
  pipe: 0,
  null: 1,
  regular: 2,
  directory: 3,
  memfd: 4,
  eventfd: 5,
} as const;
export type OtherFile = keyof typeof OTHER_FILE;

/** Flags of MREMAP: MREMAP_MAYMOVE, MREMAP_FIXED, MREMAP_DONTUNMAP. */
export const MREMAP = { mayMove: 1, fixed: 2, dontUnmap: 4 } as const;

/** Values of MADVISE (include/uapi/asm-generic/mman-common.h @ 6.12.117). */
export const ADVICE = {
  normal: 0,
  random: 1,
  sequential: 2,
  willNeed: 3,
  dontNeed: 4,
  free: 8,
  remove: 9,
  dontFork: 10,
  doFork: 11,
  hugePage: 14,
  noHugePage: 15,
  dontDump: 16,
  doDump: 17,
  wipeOnFork: 18,
  keepOnFork: 19,
  cold: 20,
  pageOut: 21,
  populateRead: 22,
  populateWrite: 23,
  dontNeedLocked: 24,
  collapse: 25,
} as const;

/** Access modes of OPEN. */
export const OPEN_MODE = { rdonly: 0, wronly: 1, rdwr: 2 } as const;

/** Page protections. */
export const PROT = { none: 0, read: 1, write: 2, exec: 4 } as const;
