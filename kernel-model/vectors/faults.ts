import { HINT_OP } from "../abi/hint-ops.ts";
import { IOC_DIRECTION, ioc, ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_STATS } from "../abi/ioctls/stats.ts";
import { isSince, type Stage } from "../abi/stage.ts";
import { IOCTL_RAW_POINTER, IOCTL_READ_ONLY, OPEN_MODE } from "../machine/calls.ts";
import { CHECK_ORDER, isInStage } from "../machine/check-order.ts";
import type { Machine } from "../machine/params.ts";
import type { HintSpec } from "./hint-spec.ts";
import { SCAN_FAULTS } from "./scan-faults.ts";

/** A way to violate one row: a change of one thing in a HINT. */
export interface Fault {
  /** Kebab-case, unique in its row. */
  readonly id: string;
  /** The first stage where it violates the row; absent: each that has the row. */
  readonly since?: Stage;
  /** Null when it can't be applied to this spec. */
  readonly apply: (spec: HintSpec, machine: Machine) => HintSpec | null;
  /** The same field, changed so that it just passes; absent: the field as a valid hint has it. */
  readonly twin?: (spec: HintSpec, machine: Machine) => HintSpec | null;
}

const hintCommand = (nr: number, direction = 3, size = 64, type = 0xbb): Fault["apply"] =>
  change({ cmd: ioc(direction, type, nr, size) });

/** The ways to violate each row that a HINT can violate, by row id. */
export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "command-unknown": [
    { id: "nr-3", apply: hintCommand(3) },
    { id: "write-only", apply: hintCommand(1, IOC_DIRECTION.write) },
    { id: "stats", apply: change({ cmd: ioctlNumber(HBF_IOC_STATS) }) },
  ],
  "file-not-writable": [
    {
      id: "rdonly",
      apply: change({ mode: OPEN_MODE.rdonly }),
      twin: change({ mode: OPEN_MODE.wronly }),
    },
  ],
  "size-faults": [
    { id: "at-0", apply: change({ accessible: 0 }) },
    { id: "at-3", apply: change({ accessible: 3 }), twin: change({ accessible: 64 }) },
    { id: "null", apply: change({ flagsOfCall: IOCTL_RAW_POINTER }) },
  ],
  "size-above-page": [
    { id: "4097", apply: change({ size: 4097 }), twin: change({ size: 4096 }) },
    { id: "max", apply: change({ size: 0xffffffff }) },
  ],
  "size-below-ver0": [
    { id: "63", apply: change({ size: 63 }) },
    { id: "0", apply: change({ size: 0 }) },
    { id: "40", apply: change({ size: 40 }) },
  ],
  "tail-faults": [
    { id: "at-64", apply: tail(128, 64), twin: tail(64, 64) },
    { id: "at-127", apply: tail(128, 127), twin: tail(128, 128) },
    { id: "in-body", apply: tail(128, 63) },
    { id: "at-128", since: "v3", apply: tail(192, 128), twin: tail(128, 128) },
  ],
  "tail-not-zero": [
    { id: "first", apply: tailByte(64, 72), twin: change({ size: 72 }) },
    { id: "last", apply: tailByte(127, 128), twin: tailByte(128, 128) },
    { id: "128", since: "v3", apply: tailByte(128, 136), twin: change({ size: 136 }) },
  ],
  "body-faults": [
    { id: "at-63", apply: change({ accessible: 63 }), twin: change({ accessible: 64 }) },
    { id: "at-40", apply: change({ accessible: 40 }) },
    { id: "at-4", apply: change({ accessible: 4 }) },
    { id: "at-127", since: "v3", apply: tail(128, 127) },
  ],
  "flags-unknown": [
    { id: "bit-0", apply: change({ flags: 1n }) },
    { id: "bit-63", apply: change({ flags: 1n << 63n }) },
  ],
  "op-unknown": [
    { id: "0", apply: change({ op: 0 }) },
    { id: "5", apply: change({ op: 5 }), twin: change({ op: 4 }) },
    { id: "max", apply: change({ op: 0xffffffff }) },
  ],
  "pad0-not-zero": [{ id: "1", apply: change({ pad0: 1 }) }],
  "resv0-not-zero": [
    { id: "first", apply: bytes({ 48: 1 }) },
    { id: "second", apply: bytes({ 56: 1 }) },
  ],
  "results-not-zero": [
    { id: "first", apply: tailByte(64, 128), twin: change({ size: 128 }) },
    { id: "last", apply: tailByte(119, 120) },
  ],
  "resv1-not-zero": [{ id: "first", apply: tailByte(120, 128), twin: change({ size: 120 }) }],
  "start-unaligned": [
    { id: "1", apply: (spec) => ({ ...spec, start: spec.start | 1n }) },
    { id: "4095", apply: (spec) => ({ ...spec, start: spec.start | 0xfffn }) },
  ],
  "len-zero": [{ id: "0", apply: change({ len: 0n }), twin: change({ len: 4096n }) }],
  "len-unaligned": [
    { id: "1", apply: (spec) => ({ ...spec, len: spec.len | 1n }) },
    { id: "4095", apply: (spec) => ({ ...spec, len: spec.len | 0xfffn }) },
  ],
  "range-wraps": [
    {
      id: "max",
      apply: (spec) => ({ ...spec, len: MAX_LEN | (spec.len & 0xfffn) }),
      twin: (spec) => ({ ...spec, len: MAX_LEN - spec.start }),
    },
    {
      id: "to-zero",
      apply: (spec) => {
        const sum = (1n << 64n) - (spec.start & ~0xfffn);
        return { ...spec, len: sum | (spec.len & 0xfffn) };
      },
    },
  ],
  "release-with-target": [
    { id: "0", apply: (spec) => onlyFor(spec, HINT_OP.release, { targetNid: 0 }) },
    { id: "1", apply: (spec) => onlyFor(spec, HINT_OP.release, { targetNid: 1 }) },
    { id: "63", apply: (spec) => onlyFor(spec, HINT_OP.release, { targetNid: 63 }) },
    { id: "minus-2", apply: (spec) => onlyFor(spec, HINT_OP.release, { targetNid: -2 }) },
  ],
  "target-out-of-range": [
    { id: "minus-2", apply: change({ targetNid: -2 }) },
    { id: "64", apply: change({ targetNid: 64 }) },
    { id: "min", apply: change({ targetNid: -(2 ** 31) }) },
  ],
  "target-without-memory": [
    { id: "first-absent", apply: (spec, { nodes }) => ({ ...spec, targetNid: nodes.length }) },
    { id: "63", apply: change({ targetNid: 63 }) },
  ],
  "target-not-allowed": [
    { id: "other", apply: notAllowed, twin: (spec, m) => allowAll(notAllowed(spec, m)) },
    { id: "named", apply: disallowNamed },
  ],
  "promotion-below-top": [{ id: "slow", apply: (spec, m) => targetTier(spec, m, false) }],
  "demotion-to-top": [{ id: "top", apply: (spec, m) => targetTier(spec, m, true) }],
  ...SCAN_FAULTS,
  "result-faults": [
    { id: "read-only", apply: readOnlyOf(128), twin: readOnlyOf(64) },
    { id: "one-byte", apply: readOnlyOf(65) },
  ],
};

/** The ways to violate the rows that a stage has, by row id. */
export function faultsOfStage(stage: Stage): readonly (readonly [string, readonly Fault[]])[] {
  return Object.entries(FAULTS).flatMap(([row, faults]) => {
    const own = faults.filter(({ since }) => since === undefined || isSince(stage, since));
    const known = CHECK_ORDER.find(({ id }) => id === row);
    return known !== undefined && isInStage(known, stage) ? [[row, own] as const] : [];
  });
}

/** 2^64 - 4096: the longest page aligned length. */
const MAX_LEN = (1n << 64n) - 4096n;

function change(differs: Partial<HintSpec>): Fault["apply"] {
  return (spec) => ({ ...spec, ...differs });
}

function bytes(values: Readonly<Record<number, number>>): Fault["apply"] {
  return (spec) => ({ ...spec, bytes: { ...spec.bytes, ...values } });
}

function tail(size: number, accessible: number): Fault["apply"] {
  return (spec) => ({ ...spec, size: Math.max(spec.size, size), accessible });
}

function readOnlyOf(size: number): Fault["apply"] {
  return (spec) =>
    spec.flagsOfCall === 0
      ? { ...spec, size: Math.max(spec.size, size), flagsOfCall: IOCTL_READ_ONLY }
      : null;
}

function tailByte(offset: number, size: number): Fault["apply"] {
  return (spec) => ({
    ...spec,
    size: Math.max(spec.size, size),
    bytes: { ...spec.bytes, [offset]: 1 },
  });
}

function onlyFor(spec: HintSpec, op: number, differs: Partial<HintSpec>): HintSpec | null {
  return spec.op === op ? { ...spec, ...differs } : null;
}

function notAllowed(spec: HintSpec, { memoryNodes, nodes }: Machine): HintSpec | null {
  const wantsTop = spec.op !== HINT_OP.demote;
  const target = nodes.findIndex((node) => node.hasMemory && node.topTier === wantsTop);
  const mems = memoryNodes & ~(1 << target);
  return target < 0 || mems === 0 ? null : { ...spec, targetNid: target, mems };
}

/** Takes the node that the spec already names out of the cpuset. */
function disallowNamed(spec: HintSpec, { memoryNodes, nodes }: Machine): HintSpec | null {
  const named = nodes[spec.targetNid]?.hasMemory === true;
  const mems = named ? memoryNodes & ~(1 << spec.targetNid) : 0;
  return mems === 0 ? null : { ...spec, mems };
}

function allowAll(spec: HintSpec | null): HintSpec | null {
  return spec && { ...spec, mems: null };
}

function targetTier(spec: HintSpec, { nodes }: Machine, topTier: boolean): HintSpec | null {
  const target = nodes.findIndex((node) => node.hasMemory && node.topTier === topTier);
  return target < 0 ? null : { ...spec, targetNid: target };
}
