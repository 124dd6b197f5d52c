import { describe, expect, test } from "vitest";
import {
  type CallResult,
  ERRNO,
  generateVectors,
  modelResults,
  TOPOLOGIES,
  type Vector,
} from "../../../kernel-model/index.ts";
import { addFaults, judgeFaults, NO_FAULTS } from "./judge-faults.ts";

const [TOPOLOGY] = TOPOLOGIES;
if (TOPOLOGY === undefined) throw new Error("the model has no topology");
const { vectors } = generateVectors({ stage: "v1", seed: 1, topology: TOPOLOGY });
const caps = lastSucceeds("caps");

/** A vector of that class whose last call succeeds and writes something. */
function lastSucceeds(className: string): Vector {
  const found = vectors.find((vector) => {
    const [expected] = vector.expected.at(-1) ?? [];
    return vector.className === className && expected?.ret === 0 && expected.out.length > 0;
  });
  if (found === undefined) throw new Error(`no such vector in ${className}`);
  return found;
}

/** The results of one round as the runner writes them. */
function round(
  index: number,
  options: { nth: number; isHit: boolean; ret?: number; out?: Uint8Array; again?: number },
): readonly CallResult[] {
  const own = modelResults([caps]).map((result) => ({ ...result, vector: index }));
  const last = own.at(-1);
  const call = caps.calls.at(-1);
  if (last === undefined || call?.op !== "ioctl") throw new Error("a vector without calls");
  const input = call.payload.subarray(0, last.out.length);
  const digest = (BigInt(options.nth) << 8n) | (options.isHit ? 1n : 0n);
  const ret = options.ret ?? last.ret;
  const out = options.out ?? (ret < 0 ? input : last.out);
  const marked = { ...last, digest, ret, out };
  const again = { ...last, step: last.step + 1, ret: options.again ?? last.ret };
  return [...own.slice(0, -1), marked, ...(options.isHit ? [again] : [])];
}

const EFAULT = -ERRNO.EFAULT;
const hit = { nth: 1, isHit: true, ret: EFAULT };
const end = { nth: 2, isHit: false };

function judge(...rounds: readonly (readonly CallResult[])[]) {
  return judgeFaults([caps], rounds.flat());
}

describe("a call that is made to fail", () => {
  test("may return a documented errno and leave everything as it was", () => {
    expect(judge(round(0, hit), round(1, end))).toEqual({
      ...{ agreeing: 1, differing: [] },
      faults: { rounds: 2, injected: 1, returned: { "-EFAULT": 1 } },
    });
  });

  test("may also succeed, when the step was not needed", () => {
    expect(judge(round(0, { nth: 1, isHit: true }), round(1, end)).differing).toEqual([]);
  });

  test.each<[string, RegExp, Parameters<typeof round>[1]]>([
    ["returns another errno", /returned -ENOMEM, and only EFAULT/, { ...hit, ret: -ERRNO.ENOMEM }],
    ["claims success and wrote nothing", /returned 0/, { ...hit, ret: 0, out: new Uint8Array(40) }],
    ["writes although it fails", /wrote into/, { ...hit, out: new Uint8Array(40).fill(7) }],
    ["is refused afterwards", /changed something/, { ...hit, again: EFAULT }],
  ])("must not be one that %s", (_, what, options) => {
    const { agreeing, differing } = judge(round(0, options), round(1, end));
    expect(agreeing).toBe(0);
    expect(differing).toHaveLength(1);
    expect(differing[0]?.what).toMatch(/^with fallible step 1 of its last call failing, /);
    expect(differing[0]?.what).toMatch(what);
  });

  test("must do what the model says when nothing fails", () => {
    const { differing } = judge(round(0, { nth: 1, isHit: false, ret: EFAULT }));
    expect(differing.map(({ kind }) => kind)).toEqual(["differs"]);
  });

  test("does not agree before a round without a failing step ended it", () => {
    expect(judge(round(0, hit)).agreeing).toBe(0);
  });
});

test("counts of several guests are added", () => {
  const one = { rounds: 2, injected: 1, returned: { "-EFAULT": 1 } };
  expect(addFaults(one, { rounds: 3, injected: 2, returned: { "-EFAULT": 1, "0": 1 } })).toEqual({
    ...{ rounds: 5, injected: 3, returned: { "-EFAULT": 2, "0": 1 } },
  });
  expect(addFaults(NO_FAULTS, one)).toEqual(one);
});
