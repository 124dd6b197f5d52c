import { ERRNO, type ErrnoName } from "../abi/errno.ts";
import type { State } from "./state.ts";

/** One thing that the kernel may do for a call. */
export interface Outcome {
  /** As the system call returns it: >= 0, or minus an errno. */
  readonly ret: number;
  /** The argument's bytes after an ioctl; empty for every other call. */
  readonly out: Uint8Array;
  readonly state: State;
}

/** A call that the model says nothing about: a generator must not make it. */
export class UnmodelledCallError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnmodelledCallError";
  }
}

const NO_BYTES = new Uint8Array(0);

export function succeeded(state: State, ret = 0): readonly Outcome[] {
  return [{ ret, out: NO_BYTES, state }];
}

export function failed(state: State, errno: ErrnoName): readonly Outcome[] {
  return [{ ret: -ERRNO[errno], out: NO_BYTES, state }];
}
