import { expect, test } from "vitest";
import { parseExtras } from "./extras.ts";

/** As tools/guest/extras.c writes it. */
function extra(name: string, data: Uint8Array): Uint8Array {
  const pad = (length: number): number => Math.ceil(length / 8) * 8;
  const bytes = new Uint8Array(8 + pad(name.length) + pad(data.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, name.length, true);
  view.setUint32(4, data.length, true);
  bytes.set(new TextEncoder().encode(name), 8);
  bytes.set(data, 8 + pad(name.length));
  return bytes;
}

const ONE = extra("kmemleak", new Uint8Array());
const TWO = extra("/sys/kernel/debug/gcov/a.gcda", Uint8Array.of(1, 2, 3));

const WHOLE = new Uint8Array(Buffer.concat([ONE, TWO]));

test("files come one after the other, also empty ones", () => {
  const extras = parseExtras(WHOLE);
  expect([...extras.keys()]).toEqual(["kmemleak", "/sys/kernel/debug/gcov/a.gcda"]);
  expect(extras.get("kmemleak")).toEqual(new Uint8Array());
  expect(extras.get("/sys/kernel/debug/gcov/a.gcda")).toEqual(Uint8Array.of(1, 2, 3));
});

test("what is cut off is dropped", () => {
  for (let length = ONE.length; length < WHOLE.length - 5; length += 1) {
    expect([...parseExtras(WHOLE.subarray(0, length)).keys()]).toEqual(["kmemleak"]);
  }
  expect(parseExtras(new Uint8Array()).size).toBe(0);
});
