import { knownSize } from "../abi/struct.ts";
import { HBF_HINT } from "../abi/structs/hbf_hint.ts";
import type { IoctlCall } from "./calls.ts";
import { type ProcessRegion, regionOf } from "./process-regions.ts";
import type { OpenFile, State } from "./state.ts";
import { firstNonZero, readU32, type UserBuffer, userBuffer } from "./user-buffer.ts";

/**
 * A HINT call with its argument taken apart, for the predicates of the check order.
 *
 * Predicates may be asked in any order, also beyond the first failing row, so members that could
 * not be read are zero. 64-bit members are page numbers or halves: exact without bigint.
 */
export interface HintRequest {
  readonly state: State;
  readonly file: OpenFile;
  readonly cmd: number;
  readonly buffer: UserBuffer;
  /** What `start` is relative to; null for address 0. */
  readonly region: ProcessRegion | null;
  /** `sizeof(struct hbf_hint)` in this stage's kernel. */
  readonly kernelSize: number;
  readonly size: number;
  readonly op: number;
  readonly flagsLow: number;
  readonly flagsHigh: number;
  /** Bytes of `start` beyond its page. */
  readonly startOffset: number;
  readonly startPage: number;
  readonly lenOffset: number;
  readonly lenPages: number;
  /** Signed. */
  readonly targetNid: number;
  readonly pad0: number;
  readonly resv0NonZero: boolean;
  readonly resultsNonZero: boolean;
  readonly resv1NonZero: boolean;
}

const NO_BYTES = new Uint8Array(0);

/** Takes a HINT call apart. `file` is the open file behind its slot. */
export function readHintRequest(state: State, file: OpenFile, call: IoctlCall): HintRequest {
  const buffer = userBuffer(state, call);
  const kernelSize = knownSize(HBF_HINT, state.machine.stage);
  const { byteOrder } = state.machine.platform;
  const size = buffer.readable < 4 ? 0 : readU32(buffer.bytes, 0, byteOrder);
  const seen = copiedPart(buffer, Math.min(size, kernelSize));
  const u32 = (offset: number): number => readU32(seen, offset, byteOrder);
  const [low, high] = byteOrder === "little" ? [0, 4] : [4, 0];
  const startLow = u32(16 + low);
  const lenLow = u32(24 + low);
  const { pageSize, pageShift } = state.machine.pages;
  const pagesPerHigh = 2 ** (32 - pageShift);
  return {
    state,
    file,
    cmd: call.cmd,
    buffer,
    region: regionOf(call),
    kernelSize,
    size,
    op: u32(4),
    flagsLow: u32(8 + low),
    flagsHigh: u32(8 + high),
    startOffset: startLow & (pageSize - 1),
    startPage: u32(16 + high) * pagesPerHigh + (startLow >>> pageShift),
    lenOffset: lenLow & (pageSize - 1),
    lenPages: u32(24 + high) * pagesPerHigh + (lenLow >>> pageShift),
    targetNid: u32(32) | 0,
    pad0: u32(36),
    resv0NonZero: firstNonZero(seen, 48, 64) < 64,
    resultsNonZero: firstNonZero(seen, 64, 120) < 120,
    resv1NonZero: firstNonZero(seen, 120, 128) < 128,
  };
}

function copiedPart(buffer: UserBuffer, length: number): Uint8Array {
  const { bytes, readable } = buffer;
  if (readable < 4) return NO_BYTES;
  const end = Math.min(length, readable);
  return bytes.length <= end ? bytes : bytes.subarray(0, end);
}

/** Whether `start + len` does not fit 64 bits: the sum is 2^64 or more. */
export function rangeWraps(request: HintRequest): boolean {
  const { pageSize, addressSpacePages } = request.state.machine.pages;
  const carry = request.startOffset + request.lenOffset >= pageSize ? 1 : 0;
  return request.startPage + request.lenPages + carry >= addressSpacePages;
}
