import { describe, expect, test } from "vitest";
import { argumentStruct } from "../abi/ioctls/registry.ts";
import type { StructDef } from "../abi/struct.ts";
import { layoutStruct } from "../codec/layout.ts";
import { turnScalars } from "../machine/argument-bytes.ts";
import { ALL_ACCESSIBLE, type IoctlCall } from "../machine/calls.ts";
import { createMachine } from "../machine/params.ts";
import { type Platform, X86_64 } from "../machine/platform.ts";
import { initialState } from "../machine/state.ts";
import { step } from "../machine/step.ts";
import { readU32 } from "../machine/user-buffer.ts";
import { ONE_NODE } from "../topology/one-node.ts";
import { CAPS } from "./classes/caps.ts";
import { RANGE } from "./classes/range.ts";
import { SINGLE } from "./classes/single.ts";
import { SIZE } from "./classes/size.ts";
import { STATS } from "./classes/stats.ts";
import { compareResults } from "./compare.ts";
import { collectVectors } from "./generate.ts";
import { openDevice } from "./hint-at.ts";
import { retargetVectors } from "./retarget.ts";
import { decodeResults } from "./wire/decode-results.ts";
import { encodeImage } from "./wire/encode-image.ts";
import { modelResults } from "./wire/encode-results.ts";

const BIG: Platform = { ...X86_64, byteOrder: "big" };
const on = (platform: Platform) => createMachine(ONE_NODE, "v2", platform);
const classes = [SINGLE, SIZE, RANGE, CAPS, STATS];
const here = collectVectors(classes, { machine: on(X86_64), seed: 1 }, new Map());
const { vectors: there, changed, dropped } = retargetVectors(here, on(BIG));

/** What CAPS leaves of `payload` in memory, in hexadecimal. */
function capsLeaves(platform: Platform, payload: Uint8Array): string {
  const opened = step(initialState(on(platform)), openDevice(0))[0]?.state;
  if (opened === undefined) throw new Error("the device opens");
  const ask = { op: "ioctl", slot: 0, cmd: 0xc028bb00, accessible: ALL_ACCESSIBLE } as const;
  const [outcome] = step(opened, { ...ask, flags: 0, pointer: 0n, payload });
  return Buffer.from(outcome?.out ?? []).toString("hex");
}

function holdsWholeScalars(def: StructDef, length: number): boolean {
  return layoutStruct(def).fields.every(
    ({ offset, size }) => length <= offset || length >= offset + size,
  );
}

/** A copy that ended at a fault, or at a size, within a scalar: the bytes are other ones. */
function isCut(call: IoctlCall, ret: number, out: Uint8Array): boolean {
  const size = readU32(call.payload, 0);
  const def = argumentStruct(call.cmd);
  const isFault = ret < 0 && call.accessible !== ALL_ACCESSIBLE;
  return isFault || !holdsWholeScalars(def, out.length) || !holdsWholeScalars(def, size);
}

describe("a big-endian machine", () => {
  test("answers as one that differs in nothing else, turned round", () => {
    expect([changed, dropped]).toEqual([[], []]);
    let compared = 0;
    for (const [index, { id, calls, expected, digests }] of here.entries()) {
      expect(there[index]?.digests, id).toEqual(digests);
      for (const [at, call] of calls.entries()) {
        const [own] = expected[at] ?? [];
        if (call.op !== "ioctl" || own === undefined || isCut(call, own.ret, own.out)) continue;
        const turned = turnScalars(argumentStruct(call.cmd), own.out);
        expect(there[index]?.expected[at]?.[0], id).toEqual({ ret: own.ret, out: turned });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(here.length / 3);
  });

  test("a scalar that is cut keeps its high bytes", () => {
    const payload = Uint8Array.from([14, ...Array.from({ length: 13 }, () => 0)]);
    expect(capsLeaves(X86_64, payload)).toBe("0e00000001000000" + "1e0000000000");
    expect(capsLeaves(BIG, payload)).toBe("0000000e00000001" + "000000000000");
  });

  test("reads an image that has the same calls, turned round", () => {
    const little = encodeImage({ seed: 1, vectors: here });
    const turned = encodeImage({ seed: 1, vectors: here, platform: BIG });
    expect(turned.length).toBe(little.length);
    const [a, b] = [new DataView(little.buffer), new DataView(turned.buffer)];
    for (const at of [8, 12, 16, 20, 32]) expect(b.getUint32(at)).toBe(a.getUint32(at, true));
  });

  test("gives results that are compared, and told, as numbers", () => {
    const index = there.findIndex(({ expected }) => expected.at(-1)?.[0]?.ret === 0);
    const few = there.slice(index, index + 1);
    const results = modelResults(few);
    expect(compareResults(few, results, "big").differences).toEqual([]);
    const wrong = results.map((result) => ({ ...result, out: result.out.slice() }));
    wrong.at(-1)?.out.set([0xff], 7);
    const [difference] = compareResults(few, wrong, "big").differences;
    expect(difference?.details[0]).toContain("observed 255");
    expect(() => decodeResults(new Uint8Array(32), undefined, "big")).toThrow("results:");
  });
});
