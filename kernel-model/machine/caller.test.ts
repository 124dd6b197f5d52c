import { expect, test } from "vitest";
import { TWO_TIERS_HMAT } from "../topology/two-tiers-hmat.ts";
import { SINGLE } from "../vectors/classes/single.ts";
import { collectVectors } from "../vectors/generate.ts";
import type { Vector } from "../vectors/vector.ts";
import { CALLERS, type Caller } from "./caller.ts";
import { createMachine } from "./params.ts";
import { X86_64 } from "./platform.ts";

const machine = createMachine(TWO_TIERS_HMAT, "v2");
const byRoot = collectVectors([SINGLE], { machine, seed: 1 }, new Map());

function calledBy(name: Caller["name"]): readonly Vector[] {
  const caller = CALLERS.find((one) => one.name === name);
  const calledOn = createMachine(TWO_TIERS_HMAT, "v2", X86_64, caller);
  return collectVectors([SINGLE], { machine, calledOn, seed: 1 }, new Map());
}

function told(vectors: readonly Vector[]): readonly string[] {
  return vectors.map(({ id, expected }) => `${id}: ${JSON.stringify(expected)}`);
}

test("codes are those of tools/guest/control.h, in order", () => {
  expect(CALLERS.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4]);
});

test("a user is told what root is told, with a supervisor or without", () => {
  expect(told(calledBy("user"))).toEqual(told(byRoot));
  expect(told(calledBy("seccomp"))).toEqual(told(byRoot));
});

test("a cpuset around the caller's changes only what its nodes decide", () => {
  const vectors = calledBy("cpuset");
  expect(vectors).toHaveLength(byRoot.length);
  const before = new Set(told(byRoot));
  const changed = vectors.filter((vector) => !before.has(told([vector])[0] ?? ""));
  expect(changed.map(({ answer }) => answer)).toContain("target-not-allowed");
});

test("a program of 32 bits makes the same calls, and most are told the same", () => {
  const before = new Set(told(byRoot));
  const vectors = calledBy("compat");
  const same = told(vectors).filter((line) => before.has(line));
  expect(same.length).toBeGreaterThan(byRoot.length / 2);
});
