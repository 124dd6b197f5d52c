import { HBF_IOC_CAPS } from "../../abi/ioctls/caps.ts";
import { IOCTL_READ_ONLY } from "../../machine/calls.ts";
import { type AnswerCase, answerDraft } from "../answer-case.ts";
import type { VectorClass } from "../class.ts";
import { numbers } from "../numbers.ts";
import type { VectorDraft } from "../vector.ts";

const SIZES = [...numbers(0, 73), ...numbers(4090, 4102), 128, 2 ** 31, 2 ** 32 - 1];
const LIMITED_SIZES = [4, 7, 8, 9, 16, 39, 40, 41, 48, 64, 4096, 4097];
const LIMITS = [...numbers(0, 50), 63, 64, 4095, 4096];
const TAIL_PLACES = [40, 41, 47, 48, 55, 56, 63, 64];

/** CAPS with every size, prefix, tail, fault and access mode. */
export const CAPS: VectorClass = {
  name: "caps",
  title: "CAPS: sizes, prefixes, tails, faults, ignored input, access modes",
  generate: () => [
    ...SIZES.map((size) => draft(`size-${size}`, { size })),
    ...LIMITED_SIZES.flatMap((size) =>
      LIMITS.map((accessible) =>
        draft(`size-${size}-readable-${accessible}`, { size, accessible }),
      ),
    ),
    ...[8, 40, 64].map((size) => draft(`size-${size}-read-only`, { size, flags: IOCTL_READ_ONLY })),
    ...TAIL_PLACES.flatMap((place) =>
      [48, 64, 65].map((size) => draft(`size-${size}-byte-${place}`, { size, byte: place })),
    ),
    ...TAIL_PLACES.flatMap((place) =>
      [40, 41, 48, 56, 63].map((accessible) =>
        draft(`byte-${place}-readable-${accessible}`, { size: 64, byte: place, accessible }),
      ),
    ),
    ...numbers(4, 40).map((place) => draft(`ignores-byte-${place}`, { size: 40, byte: place })),
    ...[0, 1, 2].map((mode) => draft(`mode-${mode}`, { size: 40, mode })),
  ],
};

function draft(name: string, given: AnswerCase): VectorDraft {
  return answerDraft("caps", HBF_IOC_CAPS, name, given);
}
