import { HBF_IOC_STATS } from "../../abi/ioctls/stats.ts";
import { IOCTL_READ_ONLY } from "../../machine/calls.ts";
import { type AnswerCase, answerDraft } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { numbers } from "../numbers.ts";
import type { VectorDraft } from "../vector.ts";

const KNOWN = 264;
const SIZES = [
  ...numbers(0, 90),
  ...numbers(250, 290),
  ...numbers(4090, 4102),
  ...[128, 192, 2 ** 31, 2 ** 32 - 1],
];
const LIMITED_SIZES = [4, 7, 8, 9, 64, KNOWN, KNOWN + 1, KNOWN + 8, 4096, 4097];
const LIMITS = [...numbers(0, 10), 63, 64, ...numbers(262, 275), 4095, 4096];
const TAIL_PLACES = [264, 265, 271, 272, 279, 280, 287, 288];
/** What must not be there any more where the answer is. */
const POISON = 0xaa;

/** STATS with every size, prefix, tail, fault and access mode, over memory that is not zero. */
export const STATS: VectorClass = {
  name: "stats",
  title: "STATS: sizes, prefixes, tails, faults, ignored input, access modes",
  since: "v2",
  generate: () => [
    ...SIZES.map((size) => draft(`size-${size}`, { size })),
    ...LIMITED_SIZES.flatMap((size) =>
      LIMITS.map((accessible) =>
        draft(`size-${size}-readable-${accessible}`, { size, accessible }),
      ),
    ),
    ...[8, KNOWN, 288].map((size) =>
      draft(`size-${size}-read-only`, { size, flags: IOCTL_READ_ONLY }),
    ),
    ...TAIL_PLACES.flatMap((place) =>
      [272, 288, 289].map((size) => draft(`size-${size}-byte-${place}`, { size, byte: place })),
    ),
    ...TAIL_PLACES.flatMap((place) =>
      [264, 265, 272, 280, 287].map((accessible) =>
        draft(`byte-${place}-readable-${accessible}`, { size: 288, byte: place, accessible }),
      ),
    ),
    ...[0, 1, 2].map((mode) => draft(`mode-${mode}`, { size: KNOWN, mode })),
  ],
};

function draft(name: string, given: AnswerCase): VectorDraft {
  return answerDraft("stats", HBF_IOC_STATS, name, { poison: POISON, ...given });
}
