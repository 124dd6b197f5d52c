import { ALL_ACCESSIBLE } from "../../machine/calls.ts";
import type { VectorClass } from "../class.ts";
import { specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const SIZES = [65, 66, 71, 72, 73, 80, 96, 120, 127, 128, 129, 136];
const PLACES = [64, 65, 70, 71, 72, 73, 79, 80, 88, 95, 96, 120, 126, 127, 128];
const VALUES = [0x01, 0x80, 0xff];

/** A non-zero byte at each place of the tail, just behind it, and before and after a fault. */
export const TAIL: VectorClass = {
  name: "tail",
  title: "zero and non-zero tails, and which of a byte and a fault comes first",
  generate: () => [
    ...SIZES.flatMap((size) =>
      Array.from({ length: size - 63 }, (_, index) => tailDraft(size, 64 + index)),
    ),
    ...VALUES.flatMap((value) => PLACES.map((place) => tailDraft(128, place, { value }))),
    ...PLACES.flatMap((readable) =>
      PLACES.filter((place) => place < 128).map((place) => tailDraft(128, place, { readable })),
    ),
    ...[64, 65, 128, 1024, 4088, 4094, 4095, 4096].map((place) => tailDraft(4096, place)),
    ...[64, 2048, 4094, 4095].map((place) => tailDraft(4096, place, { readable: 4095 })),
  ],
};

interface TailOptions {
  readonly value?: number;
  readonly readable?: number;
}

function tailDraft(size: number, place: number, options: TailOptions = {}): VectorDraft {
  const { value = 1, readable } = options;
  const limit = readable === undefined ? "" : `-readable-${readable}`;
  const byte = `0x${value.toString(16).padStart(2, "0")}`;
  const limitText = readable === undefined ? "" : `, ${readable} bytes readable`;
  return {
    id: `tail-${size}-byte-${place}-${byte}${limit}`,
    title: `size ${size}, byte ${place} is ${byte}${limitText}`,
    calls: specCalls({
      ...validSpec("promote"),
      size,
      bytes: { [place]: value },
      accessible: readable ?? ALL_ACCESSIBLE,
    }),
  };
}
