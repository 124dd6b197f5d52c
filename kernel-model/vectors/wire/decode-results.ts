import type { Platform } from "../../machine/platform.ts";
import { checksum } from "./checksum.ts";
import { FOOTER_DIGEST, FOOTER_MARK, padded, RESULT_HEADER_SIZE } from "./format.ts";

/** What the guest saw for one call. */
export interface CallResult {
  /** 0-based index of the vector. */
  readonly vector: number;
  readonly step: number;
  readonly op: number;
  readonly ret: number;
  readonly out: Uint8Array;
  /** Of the last call of a vector: `stateDigest`; other duties of the runner have other uses. */
  readonly digest: bigint;
}

export type ResultsProblem = "truncated" | "checksum" | "order" | "count";

/** Results that are damaged or incomplete: never a pass. */
export class ResultsError extends Error {
  readonly problem: ResultsProblem;
  /** Byte offset of the damage. */
  readonly offset: number;
  /** The whole results before it. */
  readonly results: readonly CallResult[];

  constructor(
    problem: ResultsProblem,
    offset: number,
    results: readonly CallResult[],
    text: string,
  ) {
    super(`results: ${text} (byte ${offset}, after ${results.length} results)`);
    this.name = "ResultsError";
    this.problem = problem;
    this.offset = offset;
    this.results = results;
  }
}

/** How many results and vectors there have to be; without it only the footer's count is proved. */
export interface ExpectedCounts {
  readonly vectors: number;
  readonly calls: number;
}

/**
 * The results of a run.
 *
 * Throws ResultsError for a missing footer, a wrong checksum, results out of order, or a count
 * that is not the footer's or not the expected one. Bytes after the footer are not looked at.
 */
export function decodeResults(
  bytes: Uint8Array,
  expected?: ExpectedCounts,
  byteOrder: Platform["byteOrder"] = "little",
): readonly CallResult[] {
  const little = byteOrder === "little";
  const results: CallResult[] = [];
  let offset = 0;
  for (;;) {
    const result = readResult(bytes, offset, results, little);
    if (result.step === FOOTER_MARK && result.op === FOOTER_MARK) {
      checkFooter(result, results, offset, expected);
      return results;
    }
    checkOrder(result, results, offset);
    results.push(result);
    offset += RESULT_HEADER_SIZE + padded(result.out.length);
  }
}

function readResult(
  bytes: Uint8Array,
  offset: number,
  results: readonly CallResult[],
  little: boolean,
): CallResult {
  if (offset + RESULT_HEADER_SIZE > bytes.length) {
    throw new ResultsError("truncated", offset, results, "they end without a footer");
  }
  const header = Uint8Array.from(bytes.subarray(offset, offset + RESULT_HEADER_SIZE));
  const view = new DataView(header.buffer);
  const outLength = view.getUint32(16, little);
  const start = offset + RESULT_HEADER_SIZE;
  const sum = view.getUint32(20, little);
  view.setUint32(20, 0, little);
  const out = bytes.subarray(start, start + outLength);
  const isWhole = start + padded(outLength) <= bytes.length;
  if (isWhole && checksum(out, checksum(header)) !== sum) {
    throw new ResultsError("checksum", offset, results, "a result's checksum is wrong");
  }
  if (!isWhole) {
    throw new ResultsError("truncated", offset, results, "they end within a result");
  }
  return {
    vector: view.getUint32(0, little),
    step: view.getUint16(4, little),
    op: view.getUint16(6, little),
    ret: Number(view.getBigInt64(8, little)),
    out,
    digest: view.getBigUint64(24, little),
  };
}

function checkOrder(result: CallResult, results: readonly CallResult[], offset: number): void {
  const last = results.at(-1);
  const first = result.step === 0;
  const follows =
    last === undefined
      ? first && result.vector === 0
      : (result.vector === last.vector && result.step === last.step + 1) ||
        (result.vector === last.vector + 1 && first);
  if (follows) return;
  const name = `call ${result.step} of vector ${result.vector}`;
  throw new ResultsError("order", offset, results, `${name} does not follow what is before it`);
}

function checkFooter(
  footer: CallResult,
  results: readonly CallResult[],
  offset: number,
  expected: ExpectedCounts | undefined,
): void {
  const vectors = (results.at(-1)?.vector ?? -1) + 1;
  const fail = (text: string): never => {
    throw new ResultsError("count", offset, results, text);
  };
  if (footer.digest !== FOOTER_DIGEST) fail("the footer's mark is wrong");
  if (footer.vector !== results.length) fail(`the footer counts ${footer.vector} results`);
  if (footer.ret !== vectors) fail(`the footer counts ${footer.ret} vectors, not ${vectors}`);
  if (expected === undefined) return;
  if (results.length !== expected.calls) fail(`${expected.calls} results were expected`);
  if (vectors !== expected.vectors) fail(`${expected.vectors} vectors were expected`);
}
