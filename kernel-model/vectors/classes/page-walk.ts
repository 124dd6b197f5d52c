import { HINT_OP_NAMES } from "../../abi/hint-ops.ts";
import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { ADVICE, type Call } from "../../machine/calls.ts";
import type { Machine } from "../../machine/params.ts";
import { answerCall } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { openDevice } from "../hint-at.ts";
import { askPages, pageHint, wishesOf } from "../page-hint.ts";
import { createPrng, type Prng } from "../prng.ts";
import { buildProgram } from "../run-model.ts";
import type { VectorDraft } from "../vector.ts";

const COUNT = 1500;
/** Of so many programs one forks, which costs the guest a thousand times more than a hint. */
const FORKS = 8;
const STREAM = 0x70616765;
const PAGES = 12;
const FIRST = 24;

/** Random programs of everything that changes pages, with where they are and what they hold. */
export const PAGE_WALK: VectorClass = {
  name: "page-walk",
  title:
    "random programs of calls on pages: after each hint where they are, at last their contents",
  since: "v3",
  random: true,
  generate: ({ machine, seed }) =>
    Array.from({ length: COUNT }, (_, index): VectorDraft => {
      const prng = createPrng(STREAM, seed, index);
      const program = buildProgram(machine);
      program.add(openDevice(0));
      program.add(map(prng));
      const length = 8 + prng.below(16);
      for (let tries = 3 * length; tries > 0 && program.calls.length < length; tries -= 1) {
        const isForking = index % FORKS === 0 && prng.below(6) === 0;
        program.add(isForking ? { op: prng.pick(["fork", "exit"]) } : pageCall(machine, prng));
      }
      for (const call of askPages(FIRST, PAGES)) program.add(call);
      program.add(answerCall(HBF_IOC_STATS, 0, { size: 264, poison: 0xaa }));
      const title = `a random program of pages, number ${index}`;
      return { id: `page-walk-${seed}-${index}`, title, calls: program.calls };
    }),
};

function map(prng: Prng): Call {
  return { op: "mmap", ...rangeOf(prng), kind: prng.pick([0, 0, 0, 1, 2, 3]), prot: 3 };
}

function rangeOf(prng: Prng): { readonly page: number; readonly npages: number } {
  const page = prng.below(PAGES);
  return { page: FIRST + page, npages: 1 + prng.below(PAGES - page) };
}

function pageCall(machine: Machine, prng: Prng): Call {
  const range = rangeOf(prng);
  const nid = prng.pick([-1, -1, prng.below(machine.nodes.length)]);
  switch (prng.below(16)) {
    case 0:
    case 1:
      return map(prng);
    case 2:
      return { op: "munmap", ...range };
    case 3:
    case 4:
      return { op: "write", ...range, seed: 1 + prng.below(200), nid };
    case 5:
      return { op: "read", ...range, nid };
    case 6:
      return prng.pick<Call>([{ op: "pin", ...range }, { op: "unpin" }]);
    case 7:
      return { op: "swap-out", ...range };
    case 8: {
      const advice = prng.pick([ADVICE.dontNeed, ADVICE.dontNeed, ADVICE.cold]);
      return { op: "madvise", ...range, advice };
    }
    case 9:
      return { op: prng.pick(["mlock", "mlock-now", "munlock"] as const), ...range };
    case 10:
      return { op: "mprotect", ...range, prot: prng.pick([0, 1, 3, 3]) };
    case 11: {
      const toPage = prng.pick([FIRST + prng.below(PAGES), 60]);
      return { op: "mremap", ...range, toPage, toPages: range.npages, flags: prng.pick([3, 3, 7]) };
    }
    case 12:
      return { op: "where", ...range };
    default:
      return randomHint(machine, prng, range);
  }
}

function randomHint(
  machine: Machine,
  prng: Prng,
  { page, npages }: { readonly page: number; readonly npages: number },
): Call {
  const op = prng.pick(HINT_OP_NAMES);
  const wish = prng.pick(wishesOf(machine).filter((one) => one.op === op));
  return pageHint(wish, page, npages);
}
