import { HINT_OP, type HintOpName, NID_AUTO } from "../abi/hint-ops.ts";
import { ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_HINT } from "../abi/ioctls/hint.ts";
import { HBF_HINT_SIZE_VER0 } from "../abi/structs/hbf_hint.ts";
import { ALL_ACCESSIBLE, type Call, type IoctlCall, OPEN_MODE } from "../machine/calls.ts";
import { ARENA_START_PAGE, PAGE_SIZE } from "../machine/params.ts";
import { type Cell, layCells, PLAIN_CELL } from "./cells.ts";

/** A program of one HINT, as the generators think of it. */
export interface HintSpec {
  readonly mode: number;
  /** Mask for CPUSET, or null to leave it alone. */
  readonly mems: number | null;
  /** Page of the arena where the cells begin. */
  readonly firstPage: number;
  readonly cells: readonly (Cell | null)[];
  readonly cmd: number;
  readonly size: number;
  readonly op: number;
  readonly flags: bigint;
  readonly start: bigint;
  readonly len: bigint;
  readonly targetNid: number;
  readonly pad0: number;
  readonly userTag: bigint;
  /** Bytes to set after the members were written: offset to value. May lengthen the payload. */
  readonly bytes: Readonly<Record<number, number>>;
  readonly accessible: number;
  /** Flags of the IOCTL call. */
  readonly flagsOfCall: number;
  readonly pointer: bigint;
}

const FIRST_PAGE = 8;
const RANGE_PAGES = 4;
const HINT_NUMBER = ioctlNumber(HBF_IOC_HINT);

/** Byte address of a page of the arena. */
export function arenaAddress(page: number): bigint {
  return BigInt((ARENA_START_PAGE + page) * PAGE_SIZE);
}

/** A HINT that passes every check: four plain pages, no target. */
export function validSpec(op: HintOpName): HintSpec {
  return {
    mode: OPEN_MODE.rdwr,
    mems: null,
    firstPage: FIRST_PAGE,
    cells: Array.from({ length: RANGE_PAGES }, () => PLAIN_CELL),
    cmd: HINT_NUMBER,
    size: HBF_HINT_SIZE_VER0,
    op: HINT_OP[op],
    flags: 0n,
    start: arenaAddress(FIRST_PAGE),
    len: BigInt(RANGE_PAGES * PAGE_SIZE),
    targetNid: NID_AUTO,
    pad0: 0,
    userTag: 0n,
    bytes: {},
    accessible: ALL_ACCESSIBLE,
    flagsOfCall: 0,
    pointer: 0n,
  };
}

/** The bytes of the argument. */
export function specPayload(spec: HintSpec): Uint8Array {
  const offsets = Object.keys(spec.bytes).map(Number);
  const length = Math.max(HBF_HINT_SIZE_VER0, ...offsets.map((offset) => offset + 1));
  const limited = spec.accessible === ALL_ACCESSIBLE ? length : Math.max(length, spec.accessible);
  const payload = new Uint8Array(limited);
  const view = new DataView(payload.buffer);
  view.setUint32(0, spec.size, true);
  view.setUint32(4, spec.op, true);
  view.setBigUint64(8, spec.flags, true);
  view.setBigUint64(16, spec.start, true);
  view.setBigUint64(24, spec.len, true);
  view.setInt32(32, spec.targetNid, true);
  view.setUint32(36, spec.pad0, true);
  view.setBigUint64(40, spec.userTag, true);
  for (const offset of offsets) payload[offset] = spec.bytes[offset] ?? 0;
  return payload;
}

/** The program: set up, then the HINT as the last call. */
export function specCalls(spec: HintSpec): readonly Call[] {
  const setUp: Call[] = [{ op: "open", slot: 0, flags: spec.mode, uid: 0 }];
  if (spec.mems !== null) setUp.push({ op: "cpuset", mask: spec.mems });
  const raw = spec.pointer !== 0n || spec.flagsOfCall === 2;
  const hint: IoctlCall = {
    op: "ioctl",
    slot: 0,
    cmd: spec.cmd,
    accessible: spec.accessible,
    flags: spec.flagsOfCall,
    pointer: spec.pointer,
    payload: raw ? new Uint8Array(0) : specPayload(spec),
  };
  return [...setUp, ...layCells(spec.firstPage, spec.cells), hint];
}
