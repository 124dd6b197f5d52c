import type { AddressSpace } from "./address-space.ts";
import { type Machine, SLOTS } from "./params.ts";

/** An open file description of `/dev/hbfctl`; slots that were dup'ed share it. */
export interface OpenFile {
  /** FMODE_READ. */
  readonly readable: boolean;
  /** FMODE_WRITE. */
  readonly writable: boolean;
}

/** Everything that the outcome of a call can depend on. Values are never changed in place. */
export interface State {
  readonly machine: Machine;
  readonly space: AddressSpace;
  readonly slots: readonly (OpenFile | null)[];
  /** cpuset_mems_allowed(current): bit for each node. */
  readonly memsAllowed: number;
}

/** What the runner restores before each vector. */
export function initialState(machine: Machine): State {
  return {
    machine,
    space: [],
    slots: Array.from({ length: SLOTS }, () => null),
    memsAllowed: machine.memoryNodes,
  };
}
