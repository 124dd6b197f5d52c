import { HINT_OP, NID_AUTO } from "../abi/hint-ops.ts";
import { ioctlNumber } from "../abi/ioctl.ts";
import { IOCTLS } from "../abi/ioctls/registry.ts";
import { isSince, type Stage } from "../abi/stage.ts";
import { PKEY_DENIES, UFFD_MODE } from "./address-space.ts";
import type { HintRequest } from "./hint-request.ts";
import type { Segment } from "./segments.ts";

const COMMANDS = IOCTLS.map((def) => ({
  number: ioctlNumber(def),
  since: def.since,
}));

/** Whether the kernel of `stage` knows an ioctl number. */
export function isKnownCommand(cmd: number, stage: Stage): boolean {
  return COMMANDS.some(({ number, since }) => number === cmd && isSince(stage, since));
}

/** The request names a node, and one that the node bitmaps can hold. */
export function targetInRange({ targetNid, state }: HintRequest): boolean {
  return targetNid >= 0 && targetNid < state.machine.platform.maxNumnodes;
}

export function targetOutOfRange(request: HintRequest): boolean {
  return request.targetNid !== NID_AUTO && !targetInRange(request);
}

export function targetWithoutMemory(request: HintRequest): boolean {
  if (!targetInRange(request)) return false;
  return request.state.machine.nodes[request.targetNid]?.hasMemory !== true;
}

/** A node without memory is in no cpuset either: what counts of cpuset.mems is in N_MEMORY. */
export function targetNotAllowed(request: HintRequest): boolean {
  if (!targetInRange(request)) return false;
  if (request.targetNid > 30) return true;
  return ((request.state.memsAllowed >>> request.targetNid) & 1) === 0;
}

function targetIsTopTier(request: HintRequest): boolean {
  return request.state.machine.nodes[request.targetNid]?.topTier === true;
}

/** PROMOTE or PREFETCH to a node that is not top tier. */
export function promotesBelowTop(request: HintRequest): boolean {
  const upwards = request.op === HINT_OP.promote || request.op === HINT_OP.prefetch;
  return upwards && targetInRange(request) && !targetIsTopTier(request);
}

/** DEMOTE to a node that is top tier. */
export function demotesToTop(request: HintRequest): boolean {
  return request.op === HINT_OP.demote && targetInRange(request) && targetIsTopTier(request);
}

/** DEMOTE or RELEASE on VM_LOCKED. */
export function touchesLocked({ vma }: Segment, { op }: HintRequest): boolean {
  return (op === HINT_OP.demote || op === HINT_OP.release) && vma?.locked === true;
}

/** PREFETCH on a VMA without VM_READ; execute-only and write-only ones have none. */
export function prefetchesUnreadable({ vma }: Segment, { op }: HintRequest): boolean {
  return op === HINT_OP.prefetch && vma !== null && (vma.prot & 1) === 0;
}

export function prefetchesSecret({ vma }: Segment, { op }: HintRequest): boolean {
  return op === HINT_OP.prefetch && vma?.kind.secret === true;
}

/** Reading is what populates, so a key that denies writes only is no obstacle. */
export function prefetchesDenied({ vma }: Segment, { op }: HintRequest): boolean {
  return op === HINT_OP.prefetch && vma !== null && (vma.denied & PKEY_DENIES.access) !== 0;
}

export function prefetchesMissing({ vma }: Segment, { op }: HintRequest): boolean {
  return op === HINT_OP.prefetch && vma !== null && (vma.uffd & UFFD_MODE.missing) !== 0;
}

export function prefetchesMinor({ vma }: Segment, { op }: HintRequest): boolean {
  return op === HINT_OP.prefetch && vma !== null && (vma.uffd & UFFD_MODE.minor) !== 0;
}
