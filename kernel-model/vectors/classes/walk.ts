import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { isSince } from "../../abi/stage.ts";
import { type Call, FILE_OP } from "../../machine/calls.ts";
import { UnmodelledCallError } from "../../machine/outcome.ts";
import { type Machine, SLOTS } from "../../machine/params.ts";
import { initialState, type State } from "../../machine/state.ts";
import { step } from "../../machine/step.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { arenaAddress, specCalls, validSpec } from "../hint-spec.ts";
import { createPrng, type Prng } from "../prng.ts";
import type { VectorDraft } from "../vector.ts";

const COUNT = 1500;
const STREAM = 0x77616c6b;
/** Calls stay within this many pages, so that they meet each other. */
const PAGES = 12;

/** Random programs over files, mappings and cpusets with hints between them. */
export const WALK: VectorClass = {
  name: "walk",
  title: "random programs of files, mappings and hints",
  random: true,
  generate: ({ machine, seed }) =>
    Array.from({ length: COUNT }, (_, index): VectorDraft => {
      const prng = createPrng(STREAM, seed, index);
      const calls = walk(machine, prng, 6 + prng.below(12));
      return { id: `walk-${seed}-${index}`, title: `a random program, number ${index}`, calls };
    }),
};

function walk(machine: Machine, prng: Prng, length: number): readonly Call[] {
  let state = initialState(machine);
  const calls: Call[] = [];
  const add = (call: Call): void => {
    const next = stateAfter(state, call);
    if (next === null) return;
    state = next;
    calls.push(call);
  };
  add({ op: "open", slot: 0, flags: 2, uid: 0 });
  for (let tries = length * 2; tries > 0 && calls.length < length; tries -= 1) {
    add(randomCall(machine, prng));
  }
  add(randomHint(machine, prng));
  if (isSince(machine.stage, "v2")) add(answerCall(HBF_IOC_STATS, 0, { size: 264, poison: 0xaa }));
  return calls;
}

function stateAfter(state: State, call: Call): State | null {
  try {
    return step(state, call)[0]?.state ?? null;
  } catch (error) {
    if (error instanceof UnmodelledCallError) return null;
    throw error;
  }
}

function randomCall(machine: Machine, prng: Prng): Call {
  const page = prng.below(PAGES);
  const npages = 1 + prng.below(PAGES - page);
  const slot = prng.below(3);
  const prot = prng.pick([0, 1, 2, 3, 3, 3]);
  switch (prng.below(12)) {
    case 0:
      return { op: "open", slot, flags: prng.below(3), uid: prng.pick([0, 0, 0, 1000]) };
    case 1:
      return prng.pick<Call>([
        { op: "close", slot },
        { op: "fileop", slot, which: FILE_OP.dup, target: prng.below(SLOTS) },
        { op: "fileop", slot, which: prng.below(5), target: 0 },
      ]);
    case 2:
    case 3:
    case 4:
      return { op: "mmap", page, npages, kind: prng.pick([0, 0, 0, 1, 2, 3, 4, 6, 7]), prot };
    case 5:
      return { op: "munmap", page, npages };
    case 6:
      return { op: "mprotect", page, npages, prot };
    case 7:
      return { op: prng.pick(["mlock", "munlock"] as const), page, npages };
    case 8:
      return { op: prng.pick(["uffd", "touch", "touch"] as const), page, npages };
    case 9:
      return randomCpuset(machine, prng) ?? randomHint(machine, prng);
    default:
      return randomStats(machine, prng) ?? randomHint(machine, prng);
  }
}

/** No number is drawn before v2, whose programs therefore stay as they were. */
function randomStats({ stage }: Machine, prng: Prng): Call | null {
  if (!isSince(stage, "v2") || prng.below(3) !== 0) return null;
  const size = prng.pick([8, HBF_IOC_STATS.struct.size, HBF_IOC_STATS.struct.size, 4096]);
  return answerCall(HBF_IOC_STATS, prng.pick([0, 0, 1, 2]), { size, poison: 0xaa });
}

/** Rare: changing a cpuset costs the guest more than anything else here. */
function randomCpuset(machine: Machine, prng: Prng): Call | null {
  if (prng.below(4) !== 0) return null;
  return { op: "cpuset", mask: 1 + prng.below(machine.memoryNodes) };
}

function randomHint(machine: Machine, prng: Prng): Call {
  const page = prng.below(PAGES);
  const spec = {
    ...validSpec(prng.pick(HINT_OP_NAMES)),
    start: arenaAddress(page),
    len: BigInt((1 + prng.below(PAGES - page)) * 4096),
    targetNid: prng.pick([-1, -1, -1, prng.below(machine.nodes.length + 1)]),
    userTag: BigInt(prng.below(2 ** 32)),
    size: prng.pick([64, 64, 128, 4096]),
  };
  const call = specCalls(spec).at(-1);
  if (call?.op !== "ioctl") throw new Error("a spec ends with its ioctl");
  return { ...call, slot: prng.pick([0, 0, 0, 1, 2]) };
}
