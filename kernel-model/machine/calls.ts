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

/** The calls that take a range and nothing else. */
export interface RangeCall {
  readonly op: "munmap" | "mlock" | "munlock" | "uffd" | "touch";
  readonly page: number;
  readonly npages: number;
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
  /** `IOCTL_READ_ONLY`, `IOCTL_RAW_POINTER` or 0. */
  readonly flags: number;
  /** The argument itself when `IOCTL_RAW_POINTER` is set, else 0. */
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

/** One call of the runner's vocabulary. Its binary form is in `vectors/wire.ts`. */
export type Call =
  | OpenCall
  | CloseCall
  | MmapCall
  | MprotectCall
  | RangeCall
  | CpusetCall
  | IoctlCall
  | FileCall;

/** `accessible` of an argument that is readable whole, with a zero page after it. */
export const ALL_ACCESSIBLE = 0xffffffff;
/** The argument's pages are not writable. */
export const IOCTL_READ_ONLY = 1;
/** `pointer` is the argument, and the payload is not used. */
export const IOCTL_RAW_POINTER = 2;

/** What FILEOP does. */
export const FILE_OP = { lseek: 0, read: 1, write: 2, mmap: 3, epoll: 4, dup: 5 } as const;

/** Access modes of OPEN. */
export const OPEN_MODE = { rdonly: 0, wronly: 1, rdwr: 2 } as const;

/** Page protections. */
export const PROT = { none: 0, read: 1, write: 2, exec: 4 } as const;
