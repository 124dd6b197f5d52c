import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyFrames } from "./serial-channel.ts";

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rfckit-serial-"));
  file = join(dir, "shared.bin");
  await writeFile(file, "");
  await truncate(file, 64);
});
afterEach(() => rm(dir, { recursive: true }));

function frame(offset: number, data: string, magic = 0x52465250): Uint8Array {
  const bytes = new Uint8Array(16 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, data.length, true);
  view.setBigUint64(8, BigInt(offset), true);
  bytes.set(new TextEncoder().encode(data), 16);
  return bytes;
}

test("complete frames go to their places, a cut one waits for its rest", async () => {
  const all = Buffer.concat([frame(3, "abc"), frame(40, "de"), frame(0, "xy")]);
  const first = await applyFrames(all.subarray(0, all.length - 1), file, 64);
  expect(first).toBe(16 + 3 + 16 + 2);
  expect(await applyFrames(all.subarray(first), file, 64)).toBe(18);
  const text = (await readFile(file, "latin1")).replaceAll("\0", ".");
  expect(text.slice(0, 8)).toBe("xy.abc..");
  expect(text.slice(38, 44)).toBe("..de..");
});

test("what is no frame, or leaves the range, is not carried out", async () => {
  expect(await applyFrames(frame(0, "a", 1), file, 64)).toBe(0);
  expect(await applyFrames(frame(63, "ab"), file, 64)).toBe(0);
  expect((await readFile(file)).every((byte) => byte === 0)).toBe(true);
});
