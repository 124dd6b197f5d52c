import { describe, expect, test } from "vitest";
import { createMachine } from "../../machine/params.ts";
import { ONE_NODE } from "../../topology/one-node.ts";
import { FILE } from "../classes/file.ts";
import { SINGLE } from "../classes/single.ts";
import { VMA } from "../classes/vma.ts";
import { collectVectors } from "../generate.ts";
import { crc32 } from "./crc32.ts";
import { decodeImage } from "./decode-image.ts";
import { encodeImage } from "./encode-image.ts";
import { IMAGE_HEADER_SIZE } from "./format.ts";

const machine = createMachine(ONE_NODE, "v1");
const vectors = collectVectors([SINGLE, FILE, VMA], { machine, seed: 9 }, new Map());
const image = encodeImage({ seed: 9, vectors });

/** The image with a number at an offset, and a right checksum unless told. */
function changed(offset: number, value: number, isWhole = true): Uint8Array {
  const bytes = image.slice();
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
    { name: "a lost vector", bytes: changed(64, 65535), says: "a call is of no vector" },
  ])("$name is refused with a reason", ({ bytes, says }) => {
    expect(() => decodeImage(bytes)).toThrow(says);
  });
});
