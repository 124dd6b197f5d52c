import type { Endian } from "../codec/values.ts";
import { argumentBytes } from "./argument-bytes.ts";
import {
  ALL_ACCESSIBLE,
  IOCTL_RAW_POINTER,
  IOCTL_READ_ONLY,
  type IoctlCall,
  PROT,
} from "./calls.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { ARENA_GUARD_PAGES, ARENA_PAGES } from "./params.ts";
import { untagPage } from "./platform.ts";
import type { State } from "./state.ts";

const NO_BYTES = new Uint8Array(0);

/** The argument as usercopy sees it: its bytes, where reading faults and where writing does. */
export interface UserBuffer {
  /** The caller's bytes in the machine's order; those beyond, below `readable`, are zero. */
  readonly bytes: Uint8Array;
  /** Offset of the first byte whose read faults, or Infinity. */
  readonly readable: number;
  /** Offset of the first byte whose write faults, or Infinity. */
  readonly writable: number;
}

const FAULTS_AT_ONCE: UserBuffer = { bytes: NO_BYTES, readable: 0, writable: 0 };

/** The user memory behind the argument of an ioctl. */
export function userBuffer(state: State, call: IoctlCall): UserBuffer {
  if ((call.flags & IOCTL_RAW_POINTER) !== 0) return rawPointerBuffer(state, call.pointer);
  const readable = call.accessible === ALL_ACCESSIBLE ? Number.POSITIVE_INFINITY : call.accessible;
  const writable = (call.flags & IOCTL_READ_ONLY) !== 0 ? 0 : readable;
  const bytes = argumentBytes(call, state.machine.platform.byteOrder);
  return { bytes, readable, writable };
}

function rawPointerBuffer(state: State, pointer: bigint): UserBuffer {
  const { pages, platform } = state.machine;
  const { pageSize, arenaStart, lowHolePages, compatTaskSizePages } = pages;
  // include/linux/compat.h:compat_ptr, fs/ioctl.c:compat_ptr_ioctl @ 6.12.117
  const isShort = state.compat || platform.wordBits === 32;
  const seen = isShort ? pointer & 0xffff_ffffn : pointer;
  const page = untagPage(Number(seen / BigInt(pageSize)), platform);
  const fromArena = page - arenaStart;
  const inArena = fromArena >= -ARENA_GUARD_PAGES && fromArena < ARENA_PAGES + ARENA_GUARD_PAGES;
  const vma = inArena ? state.space.find(({ start, end }) => start <= page && page < end) : null;
  if (vma && vma.prot !== PROT.none) {
    throw new UnmodelledCallError("the model does not hold the contents of the arena");
  }
  const kernelHalf = page >= (state.compat ? compatTaskSizePages : platform.emptyFromPage);
  if (!inArena && page >= lowHolePages && !kernelHalf) {
    throw new UnmodelledCallError(`0x${seen.toString(16)} may be mapped by the runner`);
  }
  return FAULTS_AT_ONCE;
}

/** The u32 at `offset`; bytes that the caller did not give are zero. */
export function readU32(bytes: Uint8Array, offset: number, order: Endian = "little"): number {
  const b0 = bytes[offset] ?? 0;
  const b1 = bytes[offset + 1] ?? 0;
  const b2 = bytes[offset + 2] ?? 0;
  const b3 = bytes[offset + 3] ?? 0;
  if (order === "big") return (b3 | (b2 << 8) | (b1 << 16) | (b0 << 24)) >>> 0;
  return (b0 | (b1 << 8) | (b2 << 16) | (b3 << 24)) >>> 0;
}

/** The u64 at `offset`, as `readU32` reads. */
export function readU64(bytes: Uint8Array, offset: number, order: Endian): bigint {
  const [low, high] = order === "little" ? [offset, offset + 4] : [offset + 4, offset];
  return (BigInt(readU32(bytes, high, order)) << 32n) | BigInt(readU32(bytes, low, order));
}

/** Offset of the first non-zero byte of `[from, to)`, or Infinity. Bytes not given are zero. */
export function firstNonZero(bytes: Uint8Array, from: number, to: number): number {
  const end = Math.min(to, bytes.length);
  for (let offset = from; offset < end; offset += 1) {
    if (bytes[offset] !== 0) return offset;
  }
  return Number.POSITIVE_INFINITY;
}
