import { describe, expect, test } from "vitest";
import { ONE_NODE } from "../topology/one-node.ts";
import { hintOf, openDevice } from "../vectors/hint-at.ts";
import { type HintSpec, validSpec } from "../vectors/hint-spec.ts";
import type { Call } from "./calls.ts";
import { UnmodelledCallError } from "./outcome.ts";
import { createMachine } from "./params.ts";
import { findPlatform, PLATFORMS, untagPage } from "./platform.ts";
import { initialState, type State } from "./state.ts";
import { step } from "./step.ts";

const MAPPED: Call = { op: "mmap", page: 8, npages: 4, kind: 0, prot: 3 };
const [EINVAL, ENODEV, ENOMEM, ENOSYS, EOPNOTSUPP] = [-22, -19, -12, -38, -95];

function stateOn(name: string, calls: readonly Call[]): State {
  const platform = findPlatform(name);
  if (platform === undefined) throw new Error(`no platform ${name}`);
  let state = initialState(createMachine(ONE_NODE, "v2", platform));
  for (const call of calls) state = step(state, call)[0]?.state ?? state;
  return state;
}

/** What a hint for four mapped pages answers, changed in some members. */
function answers(name: string, spec: Partial<HintSpec>): readonly number[] {
  const state = stateOn(name, [openDevice(0), MAPPED]);
  const page = BigInt(state.machine.pages.pageSize);
  const start = 0x4000_0000n + 8n * page;
  const valid = { ...validSpec("demote"), start, len: 4n * page };
  return [...new Set(step(state, hintOf(0, { ...valid, ...spec })).map(({ ret }) => ret))];
}

test.each(PLATFORMS)("$name: names are found, and a valid hint is valid", ({ name }) => {
  expect(answers(name, {})).toEqual([EOPNOTSUPP]);
});

describe("what differs", () => {
  test("a kernel of 32 bits refuses what does not fit its words", () => {
    for (const [start, len] of [
      [0x1_4000_8000n, 0x4000n],
      [0x4000_8000n, 0x1_0000_4000n],
      [0xffff_f000n, 0x1000n],
    ] as const) {
      expect(answers("i386", { start, len })).toEqual([EINVAL]);
    }
    expect(answers("x86-64", { start: 0x4000_8000n, len: 0x1_0000_4000n })).not.toEqual([EINVAL]);
    expect(answers("i386", { start: 0xc000_0000n, len: 0x1000n })).toEqual([ENOMEM]);
  });

  test("arm64 ignores the top byte of an address, unless bit 55 makes it the kernel's", () => {
    const tagged = 0xab00_0000_4000_8000n;
    expect(answers("arm64", { start: tagged })).toEqual([EOPNOTSUPP]);
    expect(answers("arm64", { start: tagged | (1n << 55n) })).toEqual([ENOMEM]);
    expect(answers("x86-64", { start: tagged })).toEqual([ENOMEM]);
  });

  test("nodes end where CONFIG_NODES_SHIFT says", () => {
    for (const { name, maxNumnodes } of PLATFORMS) {
      expect(answers(name, { targetNid: maxNumnodes })).toEqual([EINVAL]);
      expect(answers(name, { targetNid: maxNumnodes - 1 })).toEqual([ENODEV]);
    }
  });

  test("what a platform lacks is refused, or the model is silent", () => {
    const key: Call = { op: "pkey", page: 8, npages: 1, prot: 3, rights: 1 };
    expect(step(stateOn("arm64", [MAPPED]), key).map(({ ret }) => ret)).toEqual([ENOSYS]);
    const secret: Call = { op: "mmap", page: 0, npages: 1, kind: 8, prot: 3 };
    expect(() => step(stateOn("s390x", []), secret)).toThrow(UnmodelledCallError);
    const wp: Call = { op: "uffd-mode", page: 8, npages: 1, mode: 2 };
    expect(step(stateOn("i386", [MAPPED]), wp)[0]?.ret).toBe(EINVAL);
    expect(step(stateOn("arm64", [MAPPED]), wp)[0]?.ret).toBe(0);
    const exec: Call = { op: "exec", bits: 32 };
    expect(() => step(stateOn("arm64", [{ op: "fork" }]), exec)).toThrow(UnmodelledCallError);
  });
});

test("a tag is taken off at every page size", () => {
  for (const name of ["arm64", "arm64-16k", "arm64-64k"]) {
    const platform = findPlatform(name);
    if (platform === undefined) throw new Error(`no platform ${name}`);
    const page = (address: bigint): number => Number(address / BigInt(platform.pageSize));
    expect(untagPage(page(0x1200_0000_4000_0000n), platform)).toBe(page(0x4000_0000n));
    expect(untagPage(page(0x00ff_0000_4000_0000n), platform)).toBe(page(0xffff_0000_4000_0000n));
  }
});

test("a cpuset may name a node without memory, which does not count", () => {
  const late = ONE_NODE.nodes.map((node) => ({ ...node, nid: 2, cpus: [] }));
  const machine = createMachine({ ...ONE_NODE, nodes: [...ONE_NODE.nodes, ...late] }, "v1");
  const allowed = (mask: number): readonly unknown[] =>
    step(initialState(machine), { op: "cpuset", mask }).map(({ ret, state }) => [
      ret,
      state.memsAllowed,
    ]);
  expect([1, 3, 5, 2, 8].map(allowed)).toEqual([
    [[0, 1]],
    [[0, 1]],
    [[0, 5]],
    [[0, 5]],
    [[EINVAL, 5]],
  ]);
});
