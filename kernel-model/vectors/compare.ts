import { formatRet } from "../abi/errno.ts";
import { argumentStruct } from "../abi/ioctls/registry.ts";
import type { StructDef } from "../abi/struct.ts";
import { decodeStruct } from "../codec/decode.ts";
import type { Endian, FieldValue } from "../codec/values.ts";
import type { Call } from "../machine/calls.ts";
import { initialState } from "../machine/state.ts";
import { step as stepModel } from "../machine/step.ts";
import { firstInconsistency, isSameOutcome } from "./consistent.ts";
import type { ExpectedOutcome, Vector } from "./vector.ts";
import type { CallResult } from "./wire/decode-results.ts";
import { WIRE_OPS } from "./wire/vocabulary.ts";

/** The first call of a vector where the kernel did what the model doesn't allow. */
export interface Difference {
  readonly vector: Vector;
  /** 0-based index of the call. */
  readonly step: number;
  readonly call: Call;
  /** What the model allows. */
  readonly predicted: readonly ExpectedOutcome[];
  readonly observed: ExpectedOutcome;
  /** One line for each thing that differs from the nearest allowed outcome. */
  readonly details: readonly string[];
}

/** Vectors and what became of them. */
export interface Comparison {
  readonly agreeing: number;
  /** In the order of the vectors, so the shortest comes first. */
  readonly differences: readonly Difference[];
}

/**
 * Compares what the guest saw with what the model allows; only the first difference of a vector
 * counts, since later calls start from another state. Both have memory in `byteOrder`.
 *
 * Throws RangeError when the results belong to other vectors.
 */
export function compareResults(
  vectors: readonly Vector[],
  results: readonly CallResult[],
  byteOrder: Endian = "little",
): Comparison {
  const differences: Difference[] = [];
  let next = 0;
  for (const [index, vector] of vectors.entries()) {
    const own = results.slice(next, next + vector.calls.length);
    next += vector.calls.length;
    assertBelongs(vector, index, own);
    const difference = firstDifference(vector, own, byteOrder) ?? stateDifference(vector, own);
    if (difference !== undefined) differences.push(difference);
  }
  if (next !== results.length) throw new RangeError("there are results of other vectors");
  return { agreeing: vectors.length - differences.length, differences };
}

function assertBelongs(vector: Vector, index: number, own: readonly CallResult[]): void {
  const belongs = vector.calls.every((call, step) => {
    const result = own[step];
    return result?.vector === index && result.step === step && result.op === WIRE_OPS[call.op].nr;
  });
  if (!belongs) throw new RangeError(`the results are not those of vector "${vector.id}"`);
}

function firstDifference(
  vector: Vector,
  own: readonly CallResult[],
  byteOrder: Endian,
): Difference | undefined {
  const at = (step: number, allowed: readonly ExpectedOutcome[]) =>
    differenceAt({ vector, step, predicted: allowed }, own[step], byteOrder);
  const { choiceOn, calls, expected } = vector;
  if (choiceOn !== undefined) {
    const found = firstInconsistency(initialState(choiceOn), calls, own, stepModel);
    return found && at(found.index, found.allowed);
  }
  const step = calls.findIndex((_, index) => {
    const observed = own[index];
    return observed && !expected[index]?.some((one) => isSameOutcome(one, observed));
  });
  return step === -1 ? undefined : at(step, expected[step] ?? []);
}

/** Every call agreed: what files there are at the end, and what they count, has to agree too. */
function stateDifference(vector: Vector, own: readonly CallResult[]): Difference | undefined {
  const step = vector.calls.length - 1;
  const [call, result] = [vector.calls[step], own[step]];
  if (vector.digests === undefined || call === undefined || result === undefined) return undefined;
  const seen = Number(BigInt.asUintN(32, result.digest));
  if (vector.digests.includes(seen)) return undefined;
  const allowed = vector.digests.map(hex).join(" or ");
  const what = `which slots are open, or what their files count: predicted ${allowed}`;
  return {
    ...{ vector, step, call, predicted: vector.expected[step] ?? [] },
    observed: { ret: result.ret, out: result.out },
    details: [`${what}, observed ${hex(seen)}`],
  };
}

function hex(digest: number): string {
  return `0x${digest.toString(16).padStart(8, "0")}`;
}

function differenceAt(
  where: Pick<Difference, "vector" | "step" | "predicted">,
  result: CallResult | undefined,
  byteOrder: Endian,
): Difference | undefined {
  const { vector, step, predicted } = where;
  const call = vector.calls[step];
  if (call === undefined || result === undefined) return undefined;
  const observed = { ret: result.ret, out: result.out };
  const details = explain(call, predicted, observed, byteOrder);
  return { vector, step, call, predicted, observed, details };
}

function explain(
  call: Call,
  predicted: readonly ExpectedOutcome[],
  observed: ExpectedOutcome,
  byteOrder: Endian,
): readonly string[] {
  const nearest = predicted.find(({ ret }) => ret === observed.ret);
  if (nearest === undefined) {
    const allowed = [...new Set(predicted.map(({ ret }) => formatRet(ret)))].join(" or ");
    return [`ret: predicted ${allowed}, observed ${formatRet(observed.ret)}`];
  }
  if (nearest.out.length !== observed.out.length) {
    return [`out: predicted ${nearest.out.length} bytes, observed ${observed.out.length}`];
  }
  const members =
    call.op === "ioctl"
      ? memberDifferences(argumentStruct(call.cmd), nearest.out, observed.out, byteOrder)
      : [];
  const offset = nearest.out.findIndex((byte, index) => byte !== observed.out[index]);
  return members.length > 0 ? members : [`out: byte ${offset} differs`];
}

function memberDifferences(
  def: StructDef,
  predicted: Uint8Array,
  observed: Uint8Array,
  byteOrder: Endian,
): readonly string[] {
  const wanted = scalarsOf(decodeStruct(def, predicted, byteOrder));
  const seen = new Map(scalarsOf(decodeStruct(def, observed, byteOrder)));
  return wanted.flatMap(([name, value]) =>
    value === seen.get(name)
      ? []
      : [`${def.name}${name}: predicted ${value}, observed ${seen.get(name)}`],
  );
}

/** The scalars of a value with their C designators: `.op[2].calls`. */
function scalarsOf(value: FieldValue, path = ""): readonly (readonly [string, FieldValue])[] {
  if (typeof value !== "object") return [[path, value]];
  return Object.entries(value).flatMap(([key, member]) =>
    scalarsOf(member, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`),
  );
}
