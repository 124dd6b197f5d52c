import type { Vector } from "../vector.ts";
import { checksum } from "./checksum.ts";
import type { CallResult } from "./decode-results.ts";
import { FOOTER_DIGEST, FOOTER_MARK, padded, RESULT_HEADER_SIZE } from "./format.ts";
import { WIRE_OPS } from "./vocabulary.ts";

/** What a kernel that does exactly what the model says would report: for tests of the reader. */
export function modelResults(vectors: readonly Vector[]): readonly CallResult[] {
  return vectors.flatMap((vector, index) =>
    vector.calls.map((call, step): CallResult => {
      const [outcome] = vector.expected[step] ?? [];
      if (outcome === undefined) throw new Error(`vector "${vector.id}" expects nothing`);
      const { ret, out } = outcome;
      const isLast = step === vector.calls.length - 1;
      const digest = BigInt((isLast ? vector.digests?.[0] : undefined) ?? 0);
      return { vector: index, step, op: WIRE_OPS[call.op].nr, ret, out, digest };
    }),
  );
}

/** The bytes that the runner writes for `results`, with the footer. */
export function encodeResults(results: readonly CallResult[]): Uint8Array {
  const vectors = (results.at(-1)?.vector ?? -1) + 1;
  const footer: CallResult = {
    vector: results.length,
    step: FOOTER_MARK,
    op: FOOTER_MARK,
    ret: vectors,
    out: new Uint8Array(0),
    digest: FOOTER_DIGEST,
  };
  const all = [...results, footer];
  const size = all.reduce((sum, { out }) => sum + RESULT_HEADER_SIZE + padded(out.length), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const result of all) offset = writeResult(bytes, view, offset, result);
  return bytes;
}

function writeResult(bytes: Uint8Array, view: DataView, at: number, result: CallResult): number {
  view.setUint32(at, result.vector, true);
  view.setUint16(at + 4, result.step, true);
  view.setUint16(at + 6, result.op, true);
  view.setBigInt64(at + 8, BigInt(result.ret), true);
  view.setUint32(at + 16, result.out.length, true);
  view.setBigUint64(at + 24, result.digest, true);
  bytes.set(result.out, at + RESULT_HEADER_SIZE);
  const used = RESULT_HEADER_SIZE + result.out.length;
  view.setUint32(at + 20, checksum(bytes.subarray(at, at + used)), true);
  return at + RESULT_HEADER_SIZE + padded(result.out.length);
}
