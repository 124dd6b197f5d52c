import { HINT_OP_NAMES, type HintOpName } from "../../abi/hint-ops.ts";
import { generatedOnce, type VectorClass } from "../class.ts";
import { type HintSpec, specCalls, validSpec } from "../hint-spec.ts";
import type { VectorDraft } from "../vector.ts";

const VALUES = [0x01, 0x80, 0xff];

/** Each undefined flag bit alone, each reserved byte alone, each byte of the opaque tag. */
export const BITS: VectorClass = generatedOnce({
  name: "bits",
  title: "every flag bit, reserved byte and tag byte alone",
  generate: () =>
    HINT_OP_NAMES.flatMap((op) => [
      ...upTo(64).map((bit) => draft(op, `flags-bit-${bit}`, { flags: 1n << BigInt(bit) })),
      draft(op, "flags-all", { flags: (1n << 64n) - 1n }),
      ...upTo(32).map((bit) => draft(op, `pad0-bit-${bit}`, { pad0: 2 ** bit })),
      ...upTo(16).flatMap((index) => byteDrafts(op, "resv0", 48, index)),
      ...upTo(8).flatMap((index) => byteDrafts(op, "user-tag", 40, index)),
      draft(op, "user-tag-all", { userTag: (1n << 64n) - 1n }),
    ]),
});

function byteDrafts(
  op: HintOpName,
  member: string,
  offset: number,
  index: number,
): readonly VectorDraft[] {
  return VALUES.map((value) =>
    draft(op, `${member}-byte-${index}-0x${value.toString(16)}`, {
      bytes: { [offset + index]: value },
    }),
  );
}

function draft(op: HintOpName, name: string, differs: Partial<HintSpec>): VectorDraft {
  return {
    id: `bits-${name}-${op}`,
    title: `${op}: ${name.replaceAll("-", " ")}`,
    calls: specCalls({ ...validSpec(op), ...differs }),
  };
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
