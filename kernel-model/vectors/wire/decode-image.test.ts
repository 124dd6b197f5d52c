import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMachine } from "../../machine/params.ts";
import { ONE_NODE } from "../../topology/one-node.ts";
import { FILE } from "../classes/file.ts";
import { SINGLE } from "../classes/single.ts";
import { VMA } from "../classes/vma.ts";
import { collectVectors } from "../generate.ts";
import { predictVectors } from "../predict-programs.ts";
import { crc32 } from "./crc32.ts";
import { decodeImage, ImageError } from "./decode-image.ts";
import { encodeImage } from "./encode-image.ts";
import { IMAGE_HEADER_SIZE } from "./format.ts";

const machine = createMachine(ONE_NODE, "v1");
const vectors = collectVectors([SINGLE, FILE, VMA], { machine, seed: 9 }, new Map());
const image = encodeImage({ seed: 9, vectors });

/** The image with a number at an offset, and a right checksum unless told. */
function changed(offset: number, value: number, isWhole = true, from = image): Uint8Array {
  const bytes = from.slice();
  const view = new DataView(bytes.buffer);
  view.setUint16(offset, value, true);
  if (isWhole) view.setUint32(36, crc32(bytes.subarray(IMAGE_HEADER_SIZE)), true);
  return bytes;
}

describe("a file of vectors", () => {
  test("gives back the calls that it was made from", () => {
    const { seed, programs } = decodeImage(image);
    expect(seed).toBe(9);
    expect(programs).toEqual(vectors.map(({ calls }) => calls));
  });

  test.each([
    { name: "another file", bytes: new TextEncoder().encode("{}\n"), says: "no file of vectors" },
    { name: "its beginning", bytes: image.subarray(0, 40), says: "ends within its header" },
    { name: "a part of it", bytes: image.subarray(0, 999), says: "ends at byte 999 of" },
    { name: "another version", bytes: changed(8, 7), says: "of version 7, and only 1 is known" },
    { name: "a changed byte", bytes: changed(200, 1, false), says: "checksum is wrong" },
    { name: "an unknown call", bytes: changed(70, 999), says: "a call of number 999, at byte 64" },
    { name: "other pages", bytes: changed(33, 64), says: "for pages of 16384 bytes, and not 4096" },
    { name: "more bytes", bytes: Uint8Array.from([...image, 0]), says: "goes on behind its end" },
    { name: "too many vectors", bytes: changed(14, 65535), says: "more vectors than calls" },
    { name: "a vector too much", bytes: changed(12, vectors.length + 1), says: "has no call" },
    { name: "a call too few", bytes: changed(16, 1), says: "more vectors than calls" },
    { name: "a call too much", bytes: changed(18, 1), says: "has too few calls, at byte" },
    { name: "an endless argument", bytes: changed(74, 65535), says: "argument is cut off" },
    { name: "a lost vector", bytes: changed(64, 65535), says: "a call is of no vector" },
  ])("$name is refused with a reason", ({ bytes, says }) => {
    expect(() => decodeImage(bytes)).toThrow(says);
  });

  test("a call about which the model says nothing is refused, too", () => {
    const request = { stage: "v1", seed: 9, topology: ONE_NODE } as const;
    const read = decodeImage(changed(80, 77));
    expect(() => predictVectors(request, read)).toThrow("says nothing about vector 0: slot 77");
  });

  test("any other number in it is refused with a reason, or read", () => {
    const request = { stage: "v1", seed: 9, topology: ONE_NODE } as const;
    const offset = fc.integer({ min: 8, max: 35 });
    const few = encodeImage({ seed: 9, vectors: vectors.filter((_, at) => at % 50 === 0) });
    const inside = fc.integer({ min: IMAGE_HEADER_SIZE, max: few.length - 2 });
    fc.assert(
      fc.property(fc.oneof(offset, inside), fc.integer({ min: 0, max: 65535 }), (at, value) => {
        try {
          predictVectors(request, decodeImage(changed(at, value, true, few)));
        } catch (error) {
          expect(error).toBeInstanceOf(ImageError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
