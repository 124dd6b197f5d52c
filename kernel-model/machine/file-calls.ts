import { ERRNO } from "../abi/errno.ts";
import {
  type CloseCall,
  FILE_OP,
  type FileCall,
  OPEN_MODE,
  type OpenCall,
  type OpenOtherCall,
  OTHER_FILE,
  type OtherFile,
} from "./calls.ts";
import { rowsOfStage } from "./check-order.ts";
import type { FileRequest } from "./file-request.ts";
import { failed, type Outcome, succeeded, UnmodelledCallError } from "./outcome.ts";
import { SLOTS } from "./params.ts";
import { replaceAt } from "./replace-at.ts";
import { type FileMode, NOTHING_COUNTED, type OpenFile, type State } from "./state.ts";

/** open(2) of the device. The runner answers -EBUSY itself when the slot is taken. */
export function stepOpen(state: State, call: OpenCall): readonly Outcome[] {
  if (fileAt(state, call.slot) !== null) return failed(state, "EBUSY");
  const mode = modeOf(call);
  const refused = askFileRows(state, { op: "open", file: mode, privileged: call.uid === 0 });
  const file: OpenFile = { ...mode, id: freeId(state), counters: NOTHING_COUNTED };
  return refused ?? succeeded(withSlot(state, call.slot, file, true));
}

const OTHER_FILES = Object.keys(OTHER_FILE) as readonly OtherFile[];

/** Opens a file of somebody else, closed on exec like the device's. */
export function stepOpenOther(state: State, { slot, which }: OpenOtherCall): readonly Outcome[] {
  if (fileAt(state, slot) !== null) return failed(state, "EBUSY");
  const other = OTHER_FILES[which];
  if (other === undefined) throw new UnmodelledCallError(`other file ${which}`);
  const mode = { readable: true, writable: false };
  const file: OpenFile = { ...mode, id: freeId(state), counters: NOTHING_COUNTED, other };
  return succeeded(withSlot(state, slot, file, true));
}

function modeOf({ flags }: OpenCall): FileMode {
  return { readable: flags !== OPEN_MODE.wronly, writable: flags !== OPEN_MODE.rdonly };
}

function freeId({ slots, parents }: State): number {
  const isUsed = (id: number): boolean =>
    slots.some((file) => file?.id === id) ||
    parents.some((parent) => parent.slots.some((file) => file?.id === id));
  let id = 0;
  while (isUsed(id)) id += 1;
  return id;
}

/** What the VFS is asked by a call; null when it never gets so far as the table. */
export function fileRequest(state: State, call: OpenCall | FileCall): FileRequest | null {
  const file = fileAt(state, call.slot);
  if (call.op === "open") {
    if (file !== null) return null;
    return { op: "open", file: modeOf(call), privileged: call.uid === 0 };
  }
  const op = VFS_OP.get(call.which);
  return file === null || file.other !== undefined || op === undefined
    ? null
    : { op, file, privileged: true };
}

export function stepClose(state: State, call: CloseCall): readonly Outcome[] {
  if (fileAt(state, call.slot) === null) return failed(state, "EBADF");
  return succeeded(withSlot(state, call.slot, null, false));
}

const VFS_OP: ReadonlyMap<number, FileRequest["op"]> = new Map([
  [FILE_OP.lseek, "lseek"],
  [FILE_OP.read, "read"],
  [FILE_OP.write, "write"],
  [FILE_OP.mmap, "mmap"],
  [FILE_OP.epoll, "epoll-add"],
]);

/** The calls that a file answers without the driver, dup, and the flag of the descriptor. */
export function stepFileOp(state: State, call: FileCall): readonly Outcome[] {
  const file = fileAt(state, call.slot);
  if (call.which === FILE_OP.dup) return stepDup(state, file, call.target);
  if (file === null) return failed(state, "EBADF");
  if (call.which === FILE_OP.setCloexec) return succeeded(withSlot(state, call.slot, file, true));
  if (call.which === FILE_OP.clearCloexec) {
    return succeeded(withSlot(state, call.slot, file, false));
  }
  const request = fileRequest(state, call);
  const answer = request === null ? undefined : askFileRows(state, request);
  if (answer === undefined) throw new UnmodelledCallError(`file operation ${call.which}`);
  return answer;
}

/** The open file in a slot, or null. */
export function fileAt(state: State, slot: number): OpenFile | null {
  if (slot < 0 || slot >= SLOTS) throw new UnmodelledCallError(`slot ${slot}`);
  return state.slots[slot] ?? null;
}

function stepDup(state: State, file: OpenFile | null, target: number): readonly Outcome[] {
  if (fileAt(state, target) !== null) return failed(state, "EBUSY");
  if (file === null) return failed(state, "EBADF");
  return succeeded(withSlot(state, target, file, false));
}

function askFileRows(state: State, request: FileRequest): readonly Outcome[] | undefined {
  const row = rowsOfStage(state.machine.stage).file.find(({ matches }) => matches(request));
  return row && [{ ret: -ERRNO[row.errno], out: new Uint8Array(0), state }];
}

function withSlot(state: State, slot: number, file: OpenFile | null, closedOnExec: boolean): State {
  const others = state.cloexec & ~(1 << slot);
  const cloexec = closedOnExec ? others | (1 << slot) : others;
  return { ...state, slots: replaceAt(state.slots, slot, file), cloexec };
}
