import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ONE_NODE } from "../../topology/one-node.ts";
import { compareResults } from "../compare.ts";
import { generateVectors } from "../generate.ts";
import { checksum } from "./checksum.ts";
import { crc32 } from "./crc32.ts";
import { type CallResult, decodeResults, ResultsError } from "./decode-results.ts";
import { encodeImage } from "./encode-image.ts";
import { encodeResults, modelResults } from "./encode-results.ts";

const set = generateVectors({ stage: "v1", seed: 3, topology: ONE_NODE });
const few = [
  ...set.vectors.slice(0, 3),
  ...set.vectors.filter(({ id }) => ["caps-size-40", "single-valid-demote"].includes(id)),
];
const good = encodeResults(modelResults(few));
const counts = { vectors: few.length, calls: few.flatMap(({ calls }) => calls).length };

function problemOf(bytes: Uint8Array, expected = counts): string {
  try {
    decodeResults(bytes, expected);
    return "none";
  } catch (error) {
    if (error instanceof ResultsError) return error.problem;
    throw error;
  }
}

test("the checksum of an image is that of zlib", () => {
  const digits = Uint8Array.from("123456789", (digit) => digit.charCodeAt(0));
  expect(crc32(digits)).toBe(0xcbf43926);
  expect(crc32(digits.subarray(4), crc32(digits.subarray(0, 4)))).toBe(0xcbf43926);
});

test("any changed byte changes a result's checksum, which goes on from part to part", () => {
  const bytes = Uint8Array.from({ length: 39 }, (_, at) => (at * 37) & 0xff);
  const sum = checksum(bytes);
  for (const at of bytes.keys()) {
    expect(checksum(bytes.with(at, (bytes[at] ?? 0) ^ 0x80))).not.toBe(sum);
  }
  expect(checksum(bytes.subarray(32), checksum(bytes.subarray(0, 32)))).toBe(sum);
});

test("the image has the contract's header and records", () => {
  const image = encodeImage({ seed: 5, vectors: few });
  const view = new DataView(image.buffer);
  expect(Buffer.from(image.subarray(0, 8)).toString()).toBe("RFCKVEC1");
  expect(view.getUint32(8, true)).toBe(1);
  expect(view.getUint32(12, true)).toBe(few.length);
  expect(view.getUint32(16, true)).toBe(counts.calls);
  expect(view.getUint32(20, true)).toBe(image.length - 64);
  expect(view.getBigUint64(24, true)).toBe(5n);
  expect(view.getUint32(36, true)).toBe(crc32(image.subarray(64)));
  let offset = 64;
  for (const [index, { calls }] of few.entries()) {
    for (const [step, call] of calls.entries()) {
      expect([view.getUint32(offset, true), view.getUint16(offset + 4, true)]).toEqual([
        index,
        step,
      ]);
      const length = view.getUint32(offset + 8, true);
      expect(length).toBe(call.op === "ioctl" ? call.payload.length : 0);
      offset += 64 + Math.ceil(length / 8) * 8;
    }
  }
  expect(offset).toBe(image.length);
});

describe("results", () => {
  test("of the model itself agree with it, also from a Buffer inside a pool", () => {
    const pooled = Buffer.concat([Buffer.from("xyz"), good]).subarray(3);
    const results = decodeResults(pooled, counts);
    expect(compareResults(few, results)).toEqual({ agreeing: few.length, differences: [] });
  });

  test("cut short anywhere are never accepted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), (length) => {
        expect(problemOf(good.subarray(0, length))).toBe("truncated");
      }),
    );
  });

  test("with any bit turned over are never accepted", () => {
    const padding = paddingOffsets();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
        fc.pre(!padding.has(at));
        const bytes = good.slice();
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(problemOf(bytes)).not.toBe("none");
      }),
    );
  });

  test("out of order, of too few or of other vectors are told apart", () => {
    const results = modelResults(few);
    const [first, second, ...rest] = results;
    expect(problemOf(encodeResults([second, first, ...rest].flatMap((r) => r ?? [])))).toBe(
      "order",
    );
    expect(problemOf(encodeResults(results.slice(0, -1)))).toBe("count");
    expect(problemOf(good, { ...counts, vectors: 99 })).toBe("count");
    expect(() => compareResults(few.slice(0, 2), results)).toThrow(RangeError);
  });

  test("that differ name the call, both answers and the member", () => {
    const change = (id: string, differs: (result: CallResult) => Partial<CallResult>) => {
      const index = few.findIndex((vector) => vector.id === id);
      const last = (few[index]?.calls.length ?? 0) - 1;
      const results = modelResults(few).map((result) =>
        result.vector === index && result.step === last
          ? { ...result, ...differs(result) }
          : result,
      );
      return compareResults(few, results).differences;
    };
    const [errno] = change("single-valid-demote", () => ({ ret: -22 }));
    expect(errno?.details).toEqual(["ret: predicted -EOPNOTSUPP, observed -EINVAL"]);
    const [member] = change("caps-size-40", ({ out }) => ({ out: out.with(8, 0x3e) }));
    expect(member?.details).toEqual(["hbf_caps.ops: predicted 30, observed 62"]);
    expect(member?.step).toBe(1);
    const [cut] = change("caps-size-40", ({ out }) => ({ out: out.subarray(1) }));
    expect(cut?.details[0]).toContain("observed 63");
  });
});

/** Bytes between an out and the next result: they carry nothing. */
function paddingOffsets(): ReadonlySet<number> {
  const offsets = new Set<number>();
  let offset = 0;
  for (const { out } of modelResults(few)) {
    const end = offset + 32 + out.length;
    offset += 32 + Math.ceil(out.length / 8) * 8;
    for (let at = end; at < offset; at += 1) offsets.add(at);
  }
  return offsets;
}
