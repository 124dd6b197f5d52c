import type { AddressSpace } from "./address-space.ts";
import { type Machine, SLOTS } from "./params.ts";

/** How a file is open. */
export interface FileMode {
  /** FMODE_READ. */
  readonly readable: boolean;
  /** FMODE_WRITE. */
  readonly writable: boolean;
}

/** What a file counts of the hints for one operation; before v3 no page is counted. */
export interface OpCounters {
  readonly calls: number;
  readonly errors: number;
}

/** An open file description of `/dev/hbfctl`; slots that were dup'ed hold equal ones. */
export interface OpenFile extends FileMode {
  /** Tells descriptions apart: the lowest number that no other open one has. */
  readonly id: number;
  /** In the order of the operations, PREFETCH first. */
  readonly counters: readonly OpCounters[];
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
