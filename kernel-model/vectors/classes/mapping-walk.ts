import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { type Call, FILE_OP } from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import { hintAt, openDevice } from "../hint-at.ts";
import { createPrng, type Prng } from "../prng.ts";
import { buildProgram } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const COUNT = 1200;
/** Of so many programs one forks, which costs the guest a thousand times more than a hint. */
const FORKS = 8;
const STREAM = 0x73706163;
const PAGES = 12;
/** mremap goes here, and what grows down has room. */
const FAR = [16, 20, 24, 300];

/** Random programs of everything that changes mappings, with their list between. */
export const MAPPING_WALK: VectorClass = {
  name: "mapping-walk",
  title: "random programs of calls on mappings and processes, with what is mapped after them",
  random: true,
  generate: ({ machine, seed }) =>
    Array.from({ length: COUNT }, (_, index): VectorDraft => {
      const prng = createPrng(STREAM, seed, index);
      const program = buildProgram(machine);
      program.add(openDevice(0));
      const length = 6 + prng.below(14);
      for (let tries = 3 * length; tries > 0 && program.calls.length < length; tries -= 1) {
        program.add(index % FORKS === 0 ? processCall(prng) : memoryCall(prng));
      }
      program.add({ op: "maps" });
      program.add(randomHint(prng));
      const title = `a random program of mappings, number ${index}`;
      return { id: `mapping-walk-${seed}-${index}`, title, calls: program.calls };
    }),
};

function processCall(prng: Prng): Call {
  const slot = prng.below(3);
  switch (prng.below(8)) {
    case 0:
      return prng.pick<Call>([{ op: "fork" }, { op: "exit" }]);
    case 1:
      return prng.pick<Call>([{ op: "exec", bits: 32 }, { op: "exec", bits: 64 }, { op: "exit" }]);
    case 2:
      return prng.pick<Call>([
        { op: "fileop", slot, which: FILE_OP.dup, target: prng.below(3) },
        {
          op: "fileop",
          slot,
          which: prng.pick([FILE_OP.setCloexec, FILE_OP.clearCloexec]),
          target: 0,
        },
        { op: "close", slot },
        openDevice(slot),
      ]);
    default:
      return memoryCall(prng);
  }
}

function memoryCall(prng: Prng): Call {
  const page = prng.below(PAGES);
  const range = { page, npages: 1 + prng.below(PAGES - page) };
  const prot = prng.pick([0, 1, 2, 3, 3, 3, 3, 4, 5]);
  switch (prng.below(14)) {
    case 0:
    case 1:
    case 2:
      return { op: "mmap", ...range, kind: prng.pick([0, 0, 0, 1, 2, 3, 4, 6, 6, 7, 8]), prot };
    case 3:
      return prng.pick<Call>([
        { op: "munmap", ...range },
        { op: "brk", ...range },
      ]);
    case 4:
      return { op: "mprotect", ...range, prot };
    case 5:
      return { op: prng.pick(["mlock", "mlock-now", "munlock"] as const), ...range };
    case 6:
      return { op: "uffd-mode", ...range, mode: 1 + prng.below(7) };
    case 7:
      return { op: "touch", ...range };
    case 8:
      return { op: "madvise", ...range, advice: prng.below(25) };
    case 9:
    case 10:
      return {
        op: "mremap",
        ...range,
        toPage: prng.pick([prng.below(PAGES), ...FAR]),
        toPages: prng.pick([range.npages, 1 + prng.below(6)]),
        flags: prng.pick([0, 1, 3, 3, 3, 7]),
      };
    case 11:
      return { op: "maps" };
    default:
      return randomHint(prng);
  }
}

function randomHint(prng: Prng): Call {
  const page = prng.pick([prng.below(PAGES), prng.below(PAGES), ...FAR]);
  return hintAt(prng.pick([0, 0, 0, 1]), prng.pick(HINT_OP_NAMES), page, 1 + prng.below(6));
}
