/**
 * A second model of stages v1 and v2, naive on purpose and written another way: one object that is
 * changed in place, page by page, with bigints and one chain of questions. It shares no code with
 * the reference model, only the form of a call. `null` means that it can't tell.
 */
import type { Call } from "../../kernel-model/index.ts";
import { NaiveMemory } from "./naive-memory.ts";
import { DEVMEM, HUGETLB, SECRET } from "./naive-page.ts";

interface File {
  /** Empty for a file that is not the device. */
  readonly mode: string;
  readonly counted: number[];
}

export interface NaiveMachine {
  readonly stage: string;
  /** Nodes with memory. */
  readonly memory: readonly number[];
  readonly top: readonly number[];
}

const PAGE = 4096n;
const ARENA = 0x40000n;
const NARROW_TASK_SIZE_PAGE = 0xffffen;
const TASK_SIZE_PAGE = (1n << 35n) - 1n;
interface Process {
  readonly memory: NaiveMemory;
  /** Descriptors; what fork and dup share are the objects. */
  readonly fds: Map<number, File>;
  readonly cloexec: Set<number>;
  readonly narrow: boolean;
}

export class NaiveModel {
  readonly #machine: NaiveMachine;
  readonly #waiting: Process[] = [];
  #process: Process = {
    memory: new NaiveMemory(),
    fds: new Map(),
    cloexec: new Set(),
    narrow: false,
  };
  #allowed: readonly number[];
  #sum = [0, 0, 0, 0];
  #isAsked = false;

  constructor(machine: NaiveMachine) {
    this.#machine = machine;
    this.#allowed = machine.memory;
  }

  /** What the runner lists as the mappings of the arena. */
  maps(): string {
    return this.#process.memory.maps();
  }

  /** How many hints for each operation all files counted, since it was last asked. */
  takeSum(): readonly number[] {
    const sum = this.#isAsked ? this.#sum : [0, 0, 0, 0];
    this.#isAsked = true;
    this.#sum = [0, 0, 0, 0];
    return sum;
  }

  /** How many hints for each operation the file in a slot counted; all of them got an error. */
  counted(slot: number): readonly number[] {
    return this.#process.fds.get(slot)?.counted ?? [];
  }

  /** What a successful CAPS or STATS leaves in `size`; undefined for another call. */
  sizeAnswered(call: Call): number | undefined {
    if (call.op !== "ioctl") return undefined;
    const known = call.cmd === 0xc028bb00 ? 40 : call.cmd === 0xc108bb02 ? 264 : undefined;
    const [a = 0, b = 0] = call.payload;
    return known === undefined || a + b * 256 > known ? known : a + b * 256;
  }

  /** What the system call returns: a number, or null when this model can't tell. */
  call(call: Call): number | null {
    switch (call.op) {
      case "open":
        if (this.#process.fds.has(call.slot)) return -16;
        if (call.uid !== 0) return -13;
        return this.#open(call.slot, ["r", "w", "rw"][call.flags] ?? "");
      case "open-other":
        return this.#process.fds.has(call.slot) ? -16 : this.#open(call.slot, "");
      case "close":
        this.#process.cloexec.delete(call.slot);
        return this.#process.fds.delete(call.slot) ? 0 : -9;
      case "fileop":
        return this.#fileOp(call.slot, call.which, call.target);
      case "fork": {
        const { memory, fds, cloexec, narrow } = this.#process;
        this.#waiting.push(this.#process);
        const copies = { fds: new Map(fds), cloexec: new Set(cloexec) };
        this.#process = { memory: memory.child(), ...copies, narrow };
        return 0;
      }
      case "exit":
        this.#process = this.#waiting.pop() ?? this.#process;
        return 0;
      case "exec": {
        const { fds, cloexec } = this.#process;
        for (const slot of cloexec) fds.delete(slot);
        const memory = new NaiveMemory();
        this.#process = { memory, fds, cloexec: new Set(), narrow: call.bits === 32 };
        return 0;
      }
      case "trace":
      case "totals":
      case "maps":
        return 0;
      case "write":
      case "read":
      case "where":
      case "pin":
      case "unpin":
      case "swap-out":
      case "fill":
        return null;
      case "cpuset": {
        const wanted = [...Array(31).keys()].filter((nid) => (call.mask >> nid) & 1);
        if (wanted.some((nid) => !this.#machine.memory.includes(nid))) return -22;
        this.#allowed = wanted;
        return 0;
      }
      case "ioctl":
        return this.#ioctl(call);
      default:
        return this.#process.memory.call(call);
    }
  }

  #open(slot: number, mode: string): number {
    this.#process.fds.set(slot, { mode, counted: [0, 0, 0, 0] });
    this.#process.cloexec.add(slot);
    return 0;
  }

  #fileOp(slot: number, which: number, target: number): number {
    const file = this.#process.fds.get(slot);
    if (which === 5) {
      if (this.#process.fds.has(target)) return -16;
      if (file === undefined) return -9;
      this.#process.fds.set(target, file);
      return 0;
    }
    if (file === undefined) return -9;
    if (which === 6 || which === 7) {
      if (which === 6) this.#process.cloexec.add(slot);
      else this.#process.cloexec.delete(slot);
      return 0;
    }
    const { mode } = file;
    if (which === 0) return -29;
    if (which === 1) return mode.includes("r") ? -22 : -9;
    if (which === 2) return mode.includes("w") ? -22 : -9;
    if (which === 3) return mode.includes("r") ? -19 : -13;
    return -1;
  }

  #ioctl(call: Extract<Call, { op: "ioctl" }>): number | null {
    const file = this.#process.fds.get(call.slot);
    if (file === undefined) return -9;
    if (file.mode === "") return -25;
    if (call.cmd === 0xc028bb00) return this.#answer(call, 40);
    if (call.cmd === 0xc108bb02 && this.#machine.stage !== "v1") return this.#answer(call, 264);
    if (call.cmd !== 0xc040bb01) return -25;
    if (!file.mode.includes("w")) return -9;
    if ((call.flags & 2) !== 0) return -14;
    const { payload, accessible } = call;
    if (accessible < 4) return -14;
    const memory = new Uint8Array(8192);
    memory.set(payload);
    const view = new DataView(memory.buffer);
    const size = view.getUint32(0, true);
    if (size > 4096) return -7;
    if (size < 64) return -22;
    for (let offset = 64; offset < size; offset += 1) {
      if (offset >= accessible) return -14;
      if (memory[offset] !== 0) return -7;
    }
    if (accessible < 64) return -14;
    const op = view.getUint32(4, true);
    if (op >= 1 && op <= 4) {
      file.counted[op - 1] = (file.counted[op - 1] ?? 0) + 1;
      this.#sum[op - 1] = (this.#sum[op - 1] ?? 0) + 1;
    }
    return this.#hint(view, (call.flags & 4) !== 0 ? Number(call.pointer) : null);
  }

  #answer(call: Extract<Call, { op: "ioctl" }>, known: number): number {
    const { payload, accessible, flags } = call;
    if ((flags & 2) !== 0 || accessible < 4) return -14;
    const size = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
    if (size > 4096) return -7;
    if (size < 8) return -22;
    for (let offset = known; offset < size; offset += 1) {
      if (offset >= accessible) return -14;
      if ((payload[offset] ?? 0) !== 0) return -7;
    }
    return (flags & 1) !== 0 || accessible < Math.min(size, known) ? -14 : 0;
  }

  #hint(view: DataView, region: number | null): number | null {
    const op = view.getUint32(4, true);
    const start = view.getBigUint64(16, true);
    const len = view.getBigUint64(24, true);
    const nid = view.getInt32(32, true);
    const zero = [8, 48, 56].every((offset) => view.getBigUint64(offset, true) === 0n);
    if (!zero || view.getUint32(36, true) !== 0) return -22;
    if (op === 0 || op > 4) return -22;
    if (start % PAGE !== 0n || len % PAGE !== 0n || len === 0n) return -22;
    if (start + len >= 1n << 64n) return -22;
    if (nid !== -1) {
      if (op === 4 || nid < 0 || nid > 63) return -22;
      if (!this.#machine.memory.includes(nid)) return -19;
      if (!this.#allowed.includes(nid)) return -13;
      if (this.#machine.top.includes(nid) === (op === 3)) return -22;
    }
    if (region !== null) {
      // The data of the vDSO is device memory; its code and the stack are like any other.
      if (start !== 0n || len !== PAGE) return null;
      return region === 0 ? -22 : -95;
    }
    for (let page = start / PAGE; page < (start + len) / PAGE; page += 1n) {
      const answer = this.#page(op, page);
      if (answer !== 0) return answer;
    }
    return -95;
  }

  #page(op: number, number: bigint): number | null {
    const known =
      number < 256n ||
      (number >= ARENA - 512n && number < ARENA + 1024n) ||
      number >= (this.#process.narrow ? NARROW_TASK_SIZE_PAGE : TASK_SIZE_PAGE);
    if (!known) return null;
    const page = this.#process.memory.at(Number(number - ARENA));
    if (page === undefined) return -12;
    if (page.kind === DEVMEM || page.kind === HUGETLB) return -22;
    if (page.lock !== "" && (op === 3 || op === 4)) return -22;
    const waits = (page.uffd & 5) !== 0;
    if (op === 1 && (waits || page.kind === SECRET || page.denied & 1)) return -22;
    if (op === 1 && (page.prot & 1) === 0) return -22;
    return 0;
  }
}
