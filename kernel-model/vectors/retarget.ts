import { ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_HINT } from "../abi/ioctls/hint.ts";
import { type Call, IOCTL_RELATIVE } from "../machine/calls.ts";
import { UnmodelledCallError } from "../machine/outcome.ts";
import { ARENA_ADDRESS } from "../machine/page-geometry.ts";
import { type Machine, PAGE_SIZE } from "../machine/params.ts";
import { predict } from "./predict.ts";
import type { Vector } from "./vector.ts";

/** Vectors for another platform, and what became of those they were made from. */
export interface Retargeted {
  readonly vectors: readonly Vector[];
  /** Vectors of which the model says something else there, or other rows. */
  readonly changed: readonly Vector[];
  /** Ids of vectors about which the model says nothing there: a 32-bit program, a huge page. */
  readonly dropped: readonly string[];
}

const START = 16;
const LEN = 24;

/**
 * The vectors as they are for `machine`: what is said in pages is said in its pages, and the model
 * is asked anew. Vectors are made with pages of 4 KiB.
 */
export function retargetVectors(vectors: readonly Vector[], machine: Machine): Retargeted {
  const made: Vector[] = [];
  const changed: Vector[] = [];
  const dropped: string[] = [];
  for (const { choiceOn: _, ...vector } of vectors) {
    const calls = vector.calls.map((call) => scaled(call, machine.pages.pageSize));
    try {
      const after = { ...vector, calls, ...predict(machine, calls) };
      made.push(after);
      if (saysOther(vector, after)) changed.push(after);
    } catch (error) {
      if (!(error instanceof UnmodelledCallError)) throw error;
      dropped.push(vector.id);
    }
  }
  return { vectors: made, changed, dropped };
}

function saysOther(before: Vector, after: Vector): boolean {
  const rets = ({ expected }: Vector): string =>
    expected.map((outcomes) => outcomes.map(({ ret }) => ret).join("|")).join(" ");
  return before.answer !== after.answer || rets(before) !== rets(after);
}

const HINT = ioctlNumber(HBF_IOC_HINT);
/** What is this near to the arena, or this short, is meant in pages. */
const NEAR = 0x400_0000n;

function scaled(call: Call, pageSize: number): Call {
  if (pageSize === PAGE_SIZE || call.op !== "ioctl" || call.payload.length < 4) return call;
  const payload = call.payload.slice();
  const view = new DataView(payload.buffer);
  const size = view.getUint32(0, true);
  // What is asked about the limit of a page has to be asked about that of this page.
  if (Math.abs(size - PAGE_SIZE) < 64) view.setUint32(0, size - PAGE_SIZE + pageSize, true);
  if (call.cmd === HINT && payload.length >= LEN + 8) {
    const from = (call.flags & IOCTL_RELATIVE) === 0 ? BigInt(ARENA_ADDRESS) : 0n;
    const distance = view.getBigUint64(START, true) - from;
    const start = from + inPages(distance, pageSize);
    view.setBigUint64(START, BigInt.asUintN(64, start), true);
    view.setBigUint64(LEN, inPages(view.getBigUint64(LEN, true), pageSize), true);
  }
  return { ...call, payload };
}

/** The same number of pages, and of bytes beyond them; far away nothing is meant in pages. */
function inPages(bytes: bigint, pageSize: number): bigint {
  if (bytes >= NEAR || bytes <= -NEAR) return bytes;
  const [page, offset] = [bytes / BigInt(PAGE_SIZE), bytes % BigInt(PAGE_SIZE)];
  return page * BigInt(pageSize) + offset;
}
