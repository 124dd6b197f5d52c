import { ASK_ROOM } from "../../machine/ask-calls.ts";
import type { Call } from "../../machine/calls.ts";
import { PAGE_ANSWER_BYTES } from "../../machine/pages/page-calls.ts";

/** How one kind of call is written: its number, and which member goes into which `arg[]`. */
export interface WireOp {
  readonly nr: number;
  /** Members in the order of `arg[]`; each is one u64. */
  readonly args: readonly string[];
}

/** The call vocabulary of the guest runner. Numbers are never reused. */
export const WIRE_OPS: Readonly<Record<Call["op"], WireOp>> = {
  open: { nr: 1, args: ["slot", "flags", "uid"] },
  close: { nr: 2, args: ["slot"] },
  mmap: { nr: 3, args: ["page", "npages", "kind", "prot"] },
  munmap: { nr: 4, args: ["page", "npages"] },
  mprotect: { nr: 5, args: ["page", "npages", "prot"] },
  mlock: { nr: 6, args: ["page", "npages"] },
  munlock: { nr: 7, args: ["page", "npages"] },
  uffd: { nr: 8, args: ["page", "npages"] },
  cpuset: { nr: 9, args: ["mask"] },
  touch: { nr: 10, args: ["page", "npages"] },
  ioctl: { nr: 11, args: ["slot", "cmd", "accessible", "flags", "pointer"] },
  fileop: { nr: 12, args: ["slot", "which", "target"] },
  mremap: { nr: 13, args: ["page", "npages", "toPage", "toPages", "flags"] },
  madvise: { nr: 14, args: ["page", "npages", "advice"] },
  brk: { nr: 15, args: ["page", "npages"] },
  "mlock-now": { nr: 16, args: ["page", "npages"] },
  "uffd-mode": { nr: 17, args: ["page", "npages", "mode"] },
  pkey: { nr: 18, args: ["page", "npages", "prot", "rights"] },
  "open-other": { nr: 19, args: ["slot", "which"] },
  fork: { nr: 20, args: [] },
  exit: { nr: 21, args: [] },
  exec: { nr: 22, args: ["bits"] },
  trace: { nr: 23, args: [] },
  totals: { nr: 24, args: [] },
  maps: { nr: 25, args: [] },
  write: { nr: 26, args: ["page", "npages", "seed", "nid"] },
  read: { nr: 27, args: ["page", "npages", "nid"] },
  where: { nr: 28, args: ["page", "npages"] },
  pin: { nr: 29, args: ["page", "npages"] },
  unpin: { nr: 30, args: [] },
  "swap-out": { nr: 31, args: ["page", "npages"] },
  fill: { nr: 32, args: ["nid"] },
};

/** The `arg[]` of a call, as numbers or exact bigints. */
export function wireArgs(call: Call): readonly (number | bigint)[] {
  return WIRE_OPS[call.op].args.map((name) => {
    const value: unknown = Reflect.get(call, name);
    if (typeof value !== "number" && typeof value !== "bigint") {
      throw new TypeError(`call "${call.op}" lacks "${name}"`);
    }
    return value;
  });
}

/** Bytes that may come back from a call. */
export function outRoom(call: Call): number {
  switch (call.op) {
    case "ioctl":
      return call.payload.length;
    case "trace":
    case "totals":
    case "maps":
      return ASK_ROOM[call.op];
    case "read":
    case "where":
      return call.npages * PAGE_ANSWER_BYTES;
    default:
      return 0;
  }
}
