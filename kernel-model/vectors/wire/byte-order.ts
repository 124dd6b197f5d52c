import { argumentStruct } from "../../abi/ioctls/registry.ts";
import type { StructDef } from "../../abi/struct.ts";
import { elementSize } from "../../codec/layout.ts";
import type { Call, IoctlCall } from "../../machine/calls.ts";
import type { CallResult } from "./decode-results.ts";

/**
 * The model reasons in values and writes them little-endian. Where a machine is big-endian the
 * scalars of an argument are turned round on their way in, and those of an answer on the way out;
 * bytes beyond the struct, and a scalar that is cut, stay as they are.
 */
export function argumentIn(call: IoctlCall, bytes: Uint8Array, little: boolean): Uint8Array {
  return little ? bytes : turned(bytes, scalarsOf(argumentStruct(call.cmd)));
}

/** Results of a big-endian machine, as a little-endian one would have written them. */
export function resultsInOrder(
  calls: readonly Call[],
  results: readonly CallResult[],
): readonly CallResult[] {
  return results.map((result, index) => {
    const call = calls[index];
    if (call === undefined || result.out.length === 0) return result;
    if (call.op === "ioctl") return { ...result, out: argumentIn(call, result.out, false) };
    return call.op === "totals" ? { ...result, out: turned(result.out, WORDS) } : result;
  });
}

interface Scalar {
  readonly offset: number;
  readonly size: number;
}

/** TOTALS gives 64-bit numbers only. */
const WORDS: readonly Scalar[] = Array.from({ length: 32 }, (_, index) => {
  return { offset: index * 8, size: 8 };
});

function scalarsOf(def: StructDef, base = 0): readonly Scalar[] {
  return def.fields.flatMap(({ type, offset, count = 1 }) =>
    Array.from({ length: count }, (_, index) => {
      const at = base + offset + index * elementSize(type);
      return typeof type === "string"
        ? [{ offset: at, size: elementSize(type) }]
        : scalarsOf(type, at);
    }).flat(),
  );
}

function turned(bytes: Uint8Array, scalars: readonly Scalar[]): Uint8Array {
  const copy = bytes.slice();
  for (const { offset, size } of scalars) {
    if (offset + size <= copy.length) copy.subarray(offset, offset + size).reverse();
  }
  return copy;
}
