/**
 * A second model of stages v1 and v2, naive on purpose and written another way: one object that is
 * changed in place, page by page, with bigints and one chain of questions. It shares no code with
 * the reference model, only the form of a call. `null` means that it can't tell.
 */
import type { Call } from "../../kernel-model/index.ts";

interface Page {
  kind: number;
  prot: number;
  locked: boolean;
  uffd: boolean;
}

interface File {
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
const TASK_SIZE_PAGE = (1n << 35n) - 1n;
const DEVMEM = 4;
const HUGETLB = 5;
const READ_ONLY_FILE = 7;

export class NaiveModel {
  readonly #pages = new Map<number, Page>();
  readonly #fds = new Map<number, File>();
  readonly #machine: NaiveMachine;
  #allowed: readonly number[];

  constructor(machine: NaiveMachine) {
    this.#machine = machine;
    this.#allowed = machine.memory;
  }

  /** How many hints for each operation the file in a slot counted; all of them got an error. */
  counted(slot: number): readonly number[] {
    return this.#fds.get(slot)?.counted ?? [];
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
        if (this.#fds.has(call.slot)) return -16;
        if (call.uid !== 0) return -13;
        this.#fds.set(call.slot, {
          mode: ["r", "w", "rw"][call.flags] ?? "",
          counted: [0, 0, 0, 0],
        });
        return 0;
      case "close":
        return this.#fds.delete(call.slot) ? 0 : -9;
      case "fileop":
        return this.#fileOp(call.slot, call.which, call.target);
      case "cpuset": {
        const wanted = [...Array(31).keys()].filter((nid) => (call.mask >> nid) & 1);
        if (wanted.some((nid) => !this.#machine.memory.includes(nid))) return -22;
        this.#allowed = wanted;
        return 0;
      }
      case "ioctl":
        return this.#ioctl(call);
      default:
        return this.#memory(call);
    }
  }

  #fileOp(slot: number, which: number, target: number): number {
    const file = this.#fds.get(slot);
    if (which === 5) {
      if (this.#fds.has(target)) return -16;
      if (file === undefined) return -9;
      this.#fds.set(target, file);
      return 0;
    }
    if (file === undefined) return -9;
    const { mode } = file;
    if (which === 0) return -29;
    if (which === 1) return mode.includes("r") ? -22 : -9;
    if (which === 2) return mode.includes("w") ? -22 : -9;
    if (which === 3) return mode.includes("r") ? -19 : -13;
    return -1;
  }

  #memory(call: Exclude<Call, { op: "open" | "close" | "fileop" | "cpuset" | "ioctl" }>): number {
    const huge = call.op === "mmap" && call.kind === HUGETLB;
    const npages = huge && call.page === 0 ? 512 : call.npages;
    const numbers = Array.from({ length: npages }, (_, index) => call.page + index);
    const old = numbers.map((number) => this.#pages.get(number));
    const part = numbers.some((number, index) => {
      if (old[index]?.kind !== HUGETLB) return false;
      return numbers.length !== 512 || number - index !== 0;
    });
    switch (call.op) {
      case "mmap":
        if (huge && call.page !== 0) return -22;
        if (old.some((page) => page !== undefined)) return -17;
        if (call.kind === READ_ONLY_FILE && call.prot & 2) return -13;
        for (const number of numbers) {
          const { kind, prot } = call;
          this.#pages.set(number, { kind, prot, locked: false, uffd: false });
        }
        return 0;
      case "munmap":
        if (part) return -22;
        for (const number of numbers) this.#pages.delete(number);
        return 0;
      case "mprotect":
      case "mlock":
      case "munlock":
        for (const page of old) {
          if (page === undefined) return -12;
          if (call.op === "mprotect") {
            if (page.kind === READ_ONLY_FILE && call.prot & 2) return -13;
            if (part) return -22;
            page.prot = call.prot;
          } else if (page.kind !== DEVMEM) page.locked = call.op === "mlock";
        }
        return 0;
      case "uffd": {
        const there = old.filter((page) => page !== undefined);
        if (there.length === 0) return -22;
        for (const page of there) {
          if (page.kind === DEVMEM) return -22;
          if (page.kind === READ_ONLY_FILE) return -1;
          if (part) return -22;
        }
        for (const page of there) page.uffd = true;
        return 0;
      }
      case "touch":
        return old.every((page) => page !== undefined && page.prot & 2) ? 0 : -14;
    }
  }

  #ioctl(call: Extract<Call, { op: "ioctl" }>): number | null {
    const file = this.#fds.get(call.slot);
    if (file === undefined) return -9;
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
    if (op >= 1 && op <= 4) file.counted[op - 1] = (file.counted[op - 1] ?? 0) + 1;
    return this.#hint(view);
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

  #hint(view: DataView): number | null {
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
      number >= TASK_SIZE_PAGE;
    if (!known) return null;
    const page = this.#pages.get(Number(number - ARENA));
    if (page === undefined) return -12;
    if (page.kind === DEVMEM || page.kind === HUGETLB) return -22;
    if (page.locked && (op === 3 || op === 4)) return -22;
    if (op === 1 && (page.uffd || (page.prot & 1) === 0)) return -22;
    return 0;
  }
}
