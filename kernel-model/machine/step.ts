import { UFFD_MODE } from "./address-space.ts";
import { stepAnswer } from "./answer-call.ts";
import { findAnswerCommand } from "./answer-commands.ts";
import { argumentBytes } from "./argument-bytes.ts";
import { stepAsk } from "./ask-calls.ts";
import type { Call, CpusetCall, IoctlCall, MemoryCall } from "./calls.ts";
import { fileAt, stepClose, stepFileOp, stepOpen, stepOpenOther } from "./file-calls.ts";
import { stepMprotect, stepPkey, stepUffd } from "./flag-calls.ts";
import { stepHint } from "./hint-call.ts";
import { assertInvariants } from "./invariants.ts";
import { stepMlock } from "./lock-calls.ts";
import { stepMadvise } from "./madvise-call.ts";
import { stepBrk, stepMmap, stepMunmap } from "./mapping-calls.ts";
import { stepMremap } from "./mremap-call.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { followMemory } from "./pages/follow.ts";
import { stepPages } from "./pages/page-calls.ts";
import { stepExec, stepExit, stepFork } from "./process-calls.ts";
import type { State } from "./state.ts";
import { stepTouch } from "./touch-call.ts";
import { VFS_COMMANDS } from "./vfs-commands.ts";

/**
 * Everything that the kernel may do for `call` in `state`; pure. One outcome unless the kernel has
 * a choice.
 *
 * Throws UnmodelledCallError for a call that the model says nothing about, and an Error that names
 * the broken invariant when the model itself is wrong.
 */
export function step(state: State, call: Call): readonly Outcome[] {
  const outcomes = dispatch(state, call);
  for (const outcome of outcomes) {
    if (outcome.state !== state) assertInvariants(outcome.state, state);
  }
  return outcomes;
}

function dispatch(state: State, call: Call): readonly Outcome[] {
  switch (call.op) {
    case "ioctl":
      return stepIoctl(state, call);
    case "open":
      return stepOpen(state, call);
    case "open-other":
      return stepOpenOther(state, call);
    case "close":
      return stepClose(state, call);
    case "fileop":
      return stepFileOp(state, call);
    case "cpuset":
      return stepCpuset(state, call);
    case "fork":
      return stepFork(state);
    case "exit":
      return stepExit(state);
    case "exec":
      return stepExec(state, call);
    case "trace":
    case "totals":
    case "maps":
      return stepAsk(state, call);
    case "write":
    case "read":
    case "where":
    case "pin":
    case "unpin":
    case "swap-out":
    case "fill":
      return stepPages(state, call);
    default:
      return followMemory(state, call, memoryStep(state, call));
  }
}

function memoryStep(state: State, call: MemoryCall): readonly Outcome[] {
  switch (call.op) {
    case "mmap":
      return stepMmap(state, call);
    case "munmap":
      return stepMunmap(state, call);
    case "mprotect":
      return stepMprotect(state, call);
    case "mremap":
      return stepMremap(state, call);
    case "madvise":
      return stepMadvise(state, call);
    case "brk":
      return stepBrk(state, call);
    case "pkey":
      return stepPkey(state, call);
    case "mlock":
    case "mlock-now":
    case "munlock":
      return stepMlock(state, call);
    case "uffd":
      return stepUffd(state, { ...call, op: "uffd-mode", mode: UFFD_MODE.missing });
    case "uffd-mode":
      return stepUffd(state, call);
    case "touch":
      return stepTouch(state, call);
  }
}

function stepIoctl(state: State, call: IoctlCall): readonly Outcome[] {
  if (VFS_COMMANDS.has(call.cmd)) {
    throw new UnmodelledCallError(`the VFS answers command 0x${call.cmd.toString(16)}`);
  }
  const file = fileAt(state, call.slot);
  if (file === null) return [{ ...refusal(state, "EBADF"), out: accessiblePart(state, call) }];
  if (file.other !== undefined) {
    return [{ ...refusal(state, "ENOTTY"), out: accessiblePart(state, call) }];
  }
  const answer = findAnswerCommand(call.cmd, state.machine.stage);
  if (answer === undefined) return stepHint(state, file, call);
  return stepAnswer(state, file, call, answer);
}

/**
 * The runner passes -1 for a closed slot, and no other kind of file knows a command of ours.
 * fs/ioctl.c:SYSCALL_DEFINE3(ioctl), vfs_ioctl @ 6.12.117
 */
function refusal(state: State, errno: "EBADF" | "ENOTTY"): Outcome {
  const [outcome] = failed(state, errno);
  if (outcome === undefined) throw new Error("a failure has one outcome");
  return outcome;
}

function accessiblePart({ machine }: State, call: IoctlCall): Uint8Array {
  return argumentBytes(call, machine.platform.byteOrder).subarray(0, call.accessible);
}

/**
 * kernel/cgroup/cpuset.c:update_nodemask, update_nodemasks_hier @ 6.12.117: any node that is
 * possible may be named; of those the ones with memory count, and without any the parent's.
 */
function stepCpuset(state: State, { mask }: CpusetCall): readonly Outcome[] {
  if (mask === 0) throw new UnmodelledCallError("an empty cpuset.mems depends on what was there");
  const { nodes, outerMems } = state.machine;
  if (mask >= 2 ** nodes.length) return failed(state, "EINVAL");
  const memsAllowed = mask & outerMems || outerMems;
  const left = state.memsAllowed & ~memsAllowed;
  if (Object.values(state.memory.folios).some(({ node }) => (left >>> node) & 1)) {
    throw new UnmodelledCallError("a cpuset moves memory away from nodes that it loses");
  }
  return succeeded({ ...state, memsAllowed });
}
