import { ioctlNumber } from "../abi/ioctl.ts";
import { HBF_IOC_STATS } from "../abi/ioctls/stats.ts";
import { turnScalars } from "../machine/argument-bytes.ts";
import { ALL_ACCESSIBLE, type Call } from "../machine/calls.ts";
import type { OpenFile, State } from "../machine/state.ts";
import { step } from "../machine/step.ts";
import { readU32 } from "../machine/user-buffer.ts";

/** The argument that STATS is asked with: its size, then bytes that the kernel has to replace. */
const ARGUMENT = new Uint8Array(HBF_IOC_STATS.frozenSize).fill(0xa5);
new DataView(ARGUMENT.buffer).setUint32(0, ARGUMENT.length, true);

const CMD = ioctlNumber(HBF_IOC_STATS);
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a with words for bytes. tools/guest/state.c:mix is the same. */
const mix = (hash: number, word: number): number => Math.imul(hash ^ word, PRIME) >>> 0;

/** Few files differ in what they answer; by stage and by all that the answer depends on. */
const KNOWN = new Map<string, number>();

/**
 * What userspace could ask at the end of a vector, in 32 bits: which slots are open, and what STATS
 * answers for each, with every byte of its argument. Before v2 it is an unknown command.
 */
export function stateDigest(state: State): number {
  let digest = BASIS;
  for (const [slot, file] of state.slots.entries()) {
    if (file === null) continue;
    const key = `${state.machine.stage} ${file.other ?? countsOf(file)}`;
    const known = KNOWN.get(key) ?? fileDigest(state, slot);
    KNOWN.set(key, known);
    digest = mix(mix(digest, slot), known);
  }
  return digest;
}

function countsOf({ counters }: OpenFile): string {
  let text = "";
  for (const counter of counters) text += `${Object.values(counter).join()} `;
  return text;
}

function fileDigest(state: State, slot: number): number {
  const question: Call = {
    ...{ op: "ioctl", slot, cmd: CMD, accessible: ALL_ACCESSIBLE },
    ...{ flags: 0, pointer: 0n, payload: ARGUMENT },
  };
  const [outcome] = step(state, question);
  if (outcome === undefined) throw new Error("STATS has an outcome");
  const { byteOrder } = state.machine.platform;
  const { struct } = HBF_IOC_STATS;
  const out = byteOrder === "little" ? outcome.out : turnScalars(struct, outcome.out);
  let digest = mix(BASIS, outcome.ret);
  for (let at = 0; at < ARGUMENT.length; at += 4) digest = mix(digest, readU32(out, at));
  return digest;
}
