import { HINT_OP_NAMES } from "../abi/hint-ops.ts";
import type { AddressSpace } from "./address-space.ts";
import type { OtherFile } from "./calls.ts";
import { NO_COUNTS, type PageCounts } from "./pages/page-counts.ts";
import { type Memory, NO_MEMORY, NO_PAGES, type PageTable } from "./pages/page-state.ts";
import { type Machine, SLOTS } from "./params.ts";

/** How a file is open. */
export interface FileMode {
  /** FMODE_READ. */
  readonly readable: boolean;
  /** FMODE_WRITE. */
  readonly writable: boolean;
}

/** What a file counts of the hints for one operation; before v3 no page is counted. */
export interface OpCounters extends PageCounts {
  readonly calls: number;
  readonly errors: number;
}

/** An open file description; slots that were dup'ed or inherited hold equal ones. */
export interface OpenFile extends FileMode {
  /** Tells descriptions apart: the lowest number that no other open one has. */
  readonly id: number;
  /** In the order of the operations, PREFETCH first. */
  readonly counters: readonly OpCounters[];
  /** Absent: `/dev/hbfctl`. */
  readonly other?: OtherFile;
}

/** What belongs to one process: fork copies it, exec replaces most of it. */
export interface Process {
  readonly space: AddressSpace;
  readonly slots: readonly (OpenFile | null)[];
  /** FD_CLOEXEC: bit for each slot. */
  readonly cloexec: number;
  /** A program of 32 bits on a 64-bit kernel. */
  readonly compat: boolean;
  /** Followed from v3 on. */
  readonly pages: PageTable;
  /** Any page was ever there: page tables may be left of it. */
  readonly hadPages: boolean;
  /** Any private page was ever written: mappings may have an anon_vma of it. */
  readonly hadAnon: boolean;
}

/** Everything that the outcome of a call can depend on. Values are never changed in place. */
export interface State extends Process {
  readonly machine: Machine;
  /** cpuset_mems_allowed(current): bit for each node. */
  readonly memsAllowed: number;
  /** Processes that wait for the running one, the latest last. */
  readonly parents: readonly Process[];
  /** All hints of all files, open or closed, since the vector began: what debugfs sums up. */
  readonly totals: readonly OpCounters[];
  /** `totals` when the sums were last asked for; null: not yet. */
  readonly totalsAsked: readonly OpCounters[] | null;
  /** Lines of the trace since it was last read, as the runner writes them; null: not tracing. */
  readonly trace: readonly string[] | null;
  /** The memory of all processes. */
  readonly memory: Memory;
}

/** Counters of a file that was just opened. */
export const NOTHING_COUNTED: readonly OpCounters[] = HINT_OP_NAMES.map(() => ({
  calls: 0,
  errors: 0,
  ...NO_COUNTS,
}));

const NO_FILES: readonly null[] = Array.from({ length: SLOTS }, () => null);

/** What the runner restores before each vector. */
export function initialState(machine: Machine): State {
  return {
    machine,
    space: [],
    slots: NO_FILES,
    cloexec: 0,
    compat: machine.startsCompat,
    pages: NO_PAGES,
    hadPages: false,
    hadAnon: false,
    memory: NO_MEMORY,
    memsAllowed: machine.outerMems,
    parents: [],
    totals: NOTHING_COUNTED,
    totalsAsked: null,
    trace: null,
  };
}
