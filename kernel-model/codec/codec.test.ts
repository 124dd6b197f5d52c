import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldDef, StructDef } from "../abi/struct.ts";
import { HBF_HINT } from "../abi/structs/hbf_hint.ts";
import { STRUCTS } from "../abi/structs/registry.ts";
import { decodeStruct } from "./decode.ts";
import { encodeStruct } from "./encode.ts";
import { layoutStruct } from "./layout.ts";
import type { FieldValue, StructValue } from "./values.ts";

function anyValue(field: FieldDef): fc.Arbitrary<FieldValue> {
  const one = anyElement(field.type);
  if (field.count === undefined) return one;
  return fc.array(one, { minLength: field.count, maxLength: field.count });
}

function anyElement(type: FieldDef["type"]): fc.Arbitrary<FieldValue> {
  if (typeof type !== "string") return anyStruct(type);
  if (type === "u64") return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  if (type === "u32") return fc.integer({ min: 0, max: 2 ** 32 - 1 });
  return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
}

function anyStruct(def: StructDef): fc.Arbitrary<StructValue> {
  return fc.record(Object.fromEntries(def.fields.map((field) => [field.name, anyValue(field)])));
}

describe.each(STRUCTS)("struct $name", (def) => {
  test.each([8, 4, 2] as const)("has the same layout where u64 is aligned to %i", (alignment) => {
    const { size, fields } = layoutStruct(def, alignment);
    expect(size).toBe(def.size);
    expect(fields.map(({ name, offset }) => ({ name, offset }))).toEqual(
      def.fields.map(({ name, offset }) => ({ name, offset })),
    );
  });

  test("has no hole and no byte that two members share", () => {
    const { fields } = layoutStruct(def);
    const used = fields.reduce((sum, field) => sum + field.size, 0);
    expect(used).toBe(def.size);
  });

  test.each(["little", "big"] as const)("survives the codec, %s endian", (endian) => {
    fc.assert(
      fc.property(anyStruct(def), (value) => {
        const bytes = encodeStruct(def, value, endian);
        expect(decodeStruct(def, bytes, endian)).toEqual(value);
      }),
    );
  });

  test("any bytes decode and encode to themselves", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: def.size, maxLength: def.size }), (bytes) => {
        expect(encodeStruct(def, decodeStruct(def, bytes))).toEqual(bytes);
      }),
    );
  });

  test("a prefix decodes to the members that it holds whole", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: def.size }), (length) => {
        const value = decodeStruct(def, new Uint8Array(length));
        const whole = layoutStruct(def).fields.filter((f) => f.offset + f.size <= length);
        expect(Object.keys(value)).toEqual(whole.map(({ name }) => name));
      }),
    );
  });
});

test("golden bytes of a hint, both ways round", () => {
  const hint = {
    size: 64,
    op: 3,
    start: 0x1122334455667788n,
    len: 0x1000n,
    target_nid: -1,
    user_tag: 1n,
  };
  const little = Buffer.from(encodeStruct(HBF_HINT, hint)).toString("hex");
  expect(little.slice(0, 128)).toBe(
    "40000000030000000000000000000000" +
      "88776655443322110010000000000000" +
      "ffffffff000000000100000000000000" +
      "00000000000000000000000000000000",
  );
  const big = Buffer.from(encodeStruct(HBF_HINT, hint, "big")).toString("hex");
  expect(big.slice(0, 96)).toBe(
    "00000040000000030000000000000000" +
      "11223344556677880000000000001000" +
      "ffffffff000000000000000000000001",
  );
});

test("a value that does not fit is refused", () => {
  expect(() => encodeStruct(HBF_HINT, { size: 2 ** 32 })).toThrow(RangeError);
  expect(() => encodeStruct(HBF_HINT, { start: -1n })).toThrow(RangeError);
  expect(() => encodeStruct(HBF_HINT, { target_nid: 2 ** 31 })).toThrow(RangeError);
  expect(() => encodeStruct(HBF_HINT, { resv0: [0n] })).toThrow(TypeError);
  expect(() => encodeStruct(HBF_HINT, { resv0: 0n })).toThrow(TypeError);
  expect(() => encodeStruct(HBF_HINT, { nonsense: 0 })).toThrow('no member "nonsense"');
});
